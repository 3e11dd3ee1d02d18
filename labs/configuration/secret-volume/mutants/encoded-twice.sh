#!/bin/sh
# step: make
# check: password
# message: The value of password is not these six digits, and nothing else
# base64 by hand, and once more by kubectl.
set -eu

kubectl -n "$WORKSPACE" create secret generic test-secret --from-literal=username=root --from-literal=password=MTIzNDU2

#!/bin/sh
# step: make
# check: username
# message: Secret test-secret does not exist
# A ConfigMap is no Secret.
set -eu

kubectl -n "$WORKSPACE" create configmap test-secret --from-literal=username=root --from-literal=password=123456

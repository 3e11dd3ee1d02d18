#!/bin/sh
# step: make
# check: username
# message: The value of username is not the four letters of root, and nothing else
# echo without -n: a line break is part of the name then.
set -eu

kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: v1
kind: Secret
metadata:
  name: test-secret
data:
  username: $(echo root | base64)
  password: $(echo 123456 | base64)
YAML

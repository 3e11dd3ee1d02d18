#!/bin/sh
# step: never
# check: policy
# message: The container nginx does not have the image nginx:1.17.99 and the policy Never
# No policy is named: the default is IfNotPresent.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-imagepullpolicy
spec:
  containers:
  - name: nginx
    image: nginx:1.17.99
YAML

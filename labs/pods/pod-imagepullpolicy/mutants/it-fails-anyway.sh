#!/bin/sh
# step: never
# check: refused
# message: The container nginx does not wait with the reason ErrImageNeverPull
# IfNotPresent fails as well, but for another reason.
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
    imagePullPolicy: IfNotPresent
YAML

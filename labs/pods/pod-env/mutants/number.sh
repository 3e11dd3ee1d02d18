#!/bin/sh
# step: given
# check: running
# message: Pod pod-env does not exist in namespace
# The password is written as a number: the API server takes no such file.
set -eu

if kubectl -n "$WORKSPACE" create -f - <<'YAML'; then
apiVersion: v1
kind: Pod
metadata:
  name: pod-env
spec:
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "while true; do /bin/echo $(date +%T); sleep 60; done"]
    env:
    - name: username
      value: admin
    - name: password
      value: 123456
YAML
  exit 1
fi

#!/bin/sh
# step: given
# check: password
# message: The container busybox has no variable password with the value 123456
# The variables of one container are none of the other's.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-env
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    env:
    - name: username
      value: admin
    - name: password
      value: "123456"
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "while true; do /bin/echo $(date +%T); sleep 60; done"]
YAML

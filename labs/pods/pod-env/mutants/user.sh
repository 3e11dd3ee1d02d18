#!/bin/sh
# step: given
# check: username
# message: The container busybox has no variable username with the value admin
# Another name than the one that was asked for.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
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
    - name: user
      value: admin
    - name: password
      value: "123456"
YAML

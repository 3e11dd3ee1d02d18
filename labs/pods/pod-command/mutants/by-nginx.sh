#!/bin/sh
# step: write
# check: command
# message: The command of the container busybox does not name /tmp/hello.txt
# The command stands under the wrong container.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-command
spec:
  containers:
  - name: busybox
    image: busybox:1.30
  - name: nginx
    image: nginx:1.17.1
    command: ["/bin/sh", "-c", "touch /tmp/hello.txt; while true; do /bin/echo $(date +%T) >> /tmp/hello.txt; sleep 3; done"]
YAML

#!/bin/sh
# step: write
# check: ready
# message: Pod pod-command is not ready
# The time is written once, and the container ends.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-command
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "echo $(date +%T) >> /tmp/hello.txt"]
YAML
kubectl -n "$WORKSPACE" wait pod/pod-command --timeout=60s \
  --for=jsonpath='{.status.containerStatuses[?(@.name=="busybox")].state.waiting.reason}'=CrashLoopBackOff

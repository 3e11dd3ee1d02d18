#!/bin/sh
# step: half-ready
# check: restarted
# message: The container busybox has not been restarted
# The repair comes before the fault: nothing is seen to restart.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-base
  labels:
    user: admin
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  - name: busybox
    image: busybox:1.30
    command: ["sleep", "3600"]
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-base --timeout=60s

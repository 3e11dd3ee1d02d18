#!/bin/sh
# step: write
# check: command
# message: The command of the container busybox does not name /tmp/hello.txt
# Alive, but nothing is written.
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
    command: ["sleep", "3600"]
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-command --timeout=60s

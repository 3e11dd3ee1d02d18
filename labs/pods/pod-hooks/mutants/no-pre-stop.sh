#!/bin/sh
# step: post-start
# check: hooks
# message: The container main-container lacks a hook that runs a command, or its preStop does not quit nginx
# Only one of the two hooks.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-hook-exec
spec:
  containers:
  - name: main-container
    image: nginx:1.17.1
    ports:
    - name: nginx-port
      containerPort: 80
    lifecycle:
      postStart:
        exec:
          command: ["/bin/sh", "-c", "echo postStart... > /usr/share/nginx/html/index.html"]
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-hook-exec --timeout=60s

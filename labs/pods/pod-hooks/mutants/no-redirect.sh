#!/bin/sh
# step: post-start
# check: page
# message: The page is not the one that postStart was to write
# Without a shell, > is only another word for echo.
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
          command: ["/bin/echo", "postStart...", ">", "/usr/share/nginx/html/index.html"]
      preStop:
        exec:
          command: ["/usr/sbin/nginx", "-s", "quit"]
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-hook-exec --timeout=60s

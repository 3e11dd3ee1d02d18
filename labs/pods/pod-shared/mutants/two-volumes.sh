#!/bin/sh
# step: volume
# check: shared
# message: is not mounted by both containers at these paths
# Each container gets an empty folder of its own.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: two-containers
spec:
  restartPolicy: Never
  volumes:
  - name: shared-data
    emptyDir: {}
  - name: debian-data
    emptyDir: {}
  containers:
  - name: nginx-container
    image: nginx:1.17.1
    volumeMounts:
    - name: shared-data
      mountPath: /usr/share/nginx/html
  - name: debian-container
    image: debian:bookworm
    volumeMounts:
    - name: debian-data
      mountPath: /pod-data
    command: ["/bin/sh"]
    args: ["-c", "echo Hello from the debian container > /pod-data/index.html"]
YAML

#!/bin/sh
# step: localhost
# check: both
# message: image of container nginx is not set, wanted nginx:1.17.1
# Two pods, each with a localhost of its own.
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
  containers:
  - name: nginx-container
    image: nginx:1.17.1
    volumeMounts:
    - name: shared-data
      mountPath: /usr/share/nginx/html
  - name: debian-container
    image: debian:bookworm
    volumeMounts:
    - name: shared-data
      mountPath: /pod-data
    command: ["/bin/sh"]
    args: ["-c", "echo Hello from the debian container > /pod-data/index.html"]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=localhost --timeout=90s

kubectl -n "$WORKSPACE" run pod-localhost --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run busybox --image=busybox:1.30 -- sh -c 'while true; do wget -q -O - http://localhost; sleep 3; done'

#!/bin/sh
# step: redis
# check: service
# message: The Service redis has no port 6379 that leads to port 80
# Copied from mysql with its port.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-initcontainer
spec:
  containers:
  - name: main-container
    image: nginx:1.17.1
    ports:
    - name: nginx-port
      containerPort: 80
  initContainers:
  - name: test-mysql
    image: busybox:1.30
    command: ["sh", "-c", "until nc -w 2 mysql 3306 < /dev/null; do echo waiting for mysql...; sleep 2; done"]
  - name: test-redis
    image: busybox:1.30
    command: ["sh", "-c", "until nc -w 2 redis 6379 < /dev/null; do echo waiting for redis...; sleep 2; done"]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=mysql --timeout=90s
kubectl -n "$WORKSPACE" expose pod mysql --port=3306 --target-port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=redis --timeout=60s

kubectl -n "$WORKSPACE" expose pod redis --port=3306 --target-port=80

#!/bin/sh
# step: mysql
# check: service
# message: The Service mysql has no port 3306 that leads to port 80
# The Service's port is that of the pod: nobody listens on 3306.
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

kubectl -n "$WORKSPACE" expose pod mysql --port=80

#!/bin/sh
# step: mysql
# check: one-done
# message: The pod does not stand at Init:1/2 with test-redis running
# As in the tutorial; but a Service's address does not answer to ping.
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
    command: ["sh", "-c", "until ping mysql -c 1; do echo waiting for mysql...; sleep 2; done"]
  - name: test-redis
    image: busybox:1.30
    command: ["sh", "-c", "until ping redis -c 1; do echo waiting for redis...; sleep 2; done"]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=mysql --timeout=90s

kubectl -n "$WORKSPACE" expose pod mysql --port=3306 --target-port=80

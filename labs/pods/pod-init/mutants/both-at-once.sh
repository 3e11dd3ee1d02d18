#!/bin/sh
# step: mysql
# check: one-done
# message: delete the Service redis and make the pod anew
# Both Services are made, and the pod does not stop in between.
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

kubectl -n "$WORKSPACE" expose pod redis --port=6379 --target-port=80
kubectl -n "$WORKSPACE" expose pod mysql --port=3306 --target-port=80
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-initcontainer --timeout=60s

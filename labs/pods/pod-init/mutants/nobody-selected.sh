#!/bin/sh
# step: mysql
# check: one-done
# message: The pod does not stand at Init:1/2 with test-redis running
# The selector matches no pod: the name resolves, and nobody answers.
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

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: mysql
spec:
  selector: {app: database}
  ports:
  - {port: 3306, targetPort: 80}
YAML

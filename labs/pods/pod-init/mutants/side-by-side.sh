#!/bin/sh
# step: waiting
# check: order
# message: The init containers are not test-mysql and then test-redis, both of busybox:1.30
# As plain containers they run beside nginx, which waits for nobody.
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
  - name: test-mysql
    image: busybox:1.30
    command: ["sh", "-c", "until nc -w 2 mysql 3306 < /dev/null; do echo waiting for mysql...; sleep 2; done"]
  - name: test-redis
    image: busybox:1.30
    command: ["sh", "-c", "until nc -w 2 redis 6379 < /dev/null; do echo waiting for redis...; sleep 2; done"]
YAML

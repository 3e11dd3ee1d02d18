#!/bin/sh
# The init containers fetch a page; the Services come from files.
set -eu

# step: waiting
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
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
    image: docker.io/library/busybox:1.30
    command: [sh, -c]
    args:
    - |
      until wget -q -O /dev/null http://mysql:3306; do
        echo waiting for mysql...
        sleep 1
      done
  - name: test-redis
    image: docker.io/library/busybox:1.30
    command: [sh, -c]
    args:
    - |
      until wget -q -O /dev/null http://redis:6379; do
        echo waiting for redis...
        sleep 1
      done
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=mysql --timeout=90s

# step: mysql
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: mysql
spec:
  selector: {app: mysql}
  ports:
  - {port: 3306, targetPort: 80}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=redis --timeout=60s

# step: redis
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: redis
spec:
  selector: {app: redis}
  ports:
  - {port: 6379, targetPort: 80}
YAML

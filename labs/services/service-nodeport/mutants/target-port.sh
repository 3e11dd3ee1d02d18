#!/bin/sh
# step: service
# check: page
# message: GET http://nginx-service:80/ was refused
# A request ends at a port where nobody listens.
set -eu

service() {
    kubectl -n "$WORKSPACE" apply -f - <<YAML
apiVersion: v1
kind: Service
metadata:
  name: nginx-service
  labels:
    app: nginx
spec:
  type: NodePort
  selector:
    app: nginx
  ports:
  - name: nginx-port
    protocol: TCP
    port: 80
    targetPort: 32600
    nodePort: $1
YAML
}

# The first node port from 32600 on that nobody has.
port=32600
until service "$port"; do
    port=$((port + 1))
    test "$port" -le 32699
done

#!/bin/sh
# step: service
# check: node-port
# message: wanted at most 32699
# A node port of the range, but not one that was asked for.
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
    targetPort: 80
    nodePort: $1
YAML
}

# Whatever is free from here on is too high.
port=32701
until service "$port"; do
    port=$((port + 1))
    test "$port" -le 32767
done

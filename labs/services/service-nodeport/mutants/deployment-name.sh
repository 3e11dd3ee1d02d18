#!/bin/sh
# step: service
# check: endpoints
# message: The ready endpoints of nginx-service are not just the pods of nginx-deployment
# The selector gets the Deployment's name, not the label of its pods.
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
    app: nginx-deployment
  ports:
  - name: nginx-port
    protocol: TCP
    port: 80
    targetPort: 80
    nodePort: $1
YAML
}

# The first node port from 32600 on that nobody has.
port=32600
until service "$port"; do
    port=$((port + 1))
    test "$port" -le 32699
done

#!/bin/sh
# step: any-node
# check: by-node-port
# message: The command of client does not name the node port
# By the name and the port of the Service, which work inside the cluster only.
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

# The first node port from 32600 on that nobody has.
port=32600
until service "$port"; do
    port=$((port + 1))
    test "$port" -le 32699
done
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=any-node --timeout=60s

kubectl -n "$WORKSPACE" run client --image=busybox:1.30 --restart=Never -- wget -qO- http://nginx-service:80/

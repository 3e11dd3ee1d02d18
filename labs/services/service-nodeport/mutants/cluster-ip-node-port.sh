#!/bin/sh
# step: any-node
# check: fetched
# message: The log of client does not have the page
# The node port at the address of the Service: nobody has opened it there.
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

address=$(kubectl -n "$WORKSPACE" get service nginx-service -o jsonpath='{.spec.clusterIP}')
kubectl -n "$WORKSPACE" run client --image=busybox:1.30 --restart=Never -- wget -T 5 -qO- "http://$address:$port/"
kubectl -n "$WORKSPACE" wait pod/client --for=jsonpath='{.status.phase}'=Failed --timeout=60s

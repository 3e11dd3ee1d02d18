#!/bin/sh
# The file of the task; the page by the first node.
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

# step: service
# The first node port from 32600 on that nobody has.
port=32600
until service "$port"; do
    port=$((port + 1))
    test "$port" -le 32699
done
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=any-node --timeout=60s

# step: any-node
address=$(kubectl get nodes -o jsonpath='{.items[0].status.addresses[?(@.type=="InternalIP")].address}')
# A node may refuse for a moment, until its kube-proxy has heard of the Service: then once more, with a new pod.
for attempt in 1 2 3 4 5; do
    kubectl -n "$WORKSPACE" run client --image=busybox:1.30 --restart=Never -- wget -qO- "http://$address:$port/"
    kubectl -n "$WORKSPACE" wait pod/client --for=jsonpath='{.status.containerStatuses[0].state.terminated}' --timeout=60s
    kubectl -n "$WORKSPACE" logs client
    if kubectl -n "$WORKSPACE" wait pod/client --for=jsonpath='{.status.phase}'=Succeeded --timeout=5s; then break; fi
    kubectl -n "$WORKSPACE" delete pod client
done

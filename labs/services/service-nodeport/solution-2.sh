#!/bin/sh
# kubectl expose and a patch; the page by a node on which no nginx need run, asked until it comes.
set -eu

# step: service
kubectl -n "$WORKSPACE" expose deployment nginx-deployment --name=nginx-service --type=NodePort --port=80
port=32650
until kubectl -n "$WORKSPACE" patch service nginx-service --type=json \
    -p "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/nodePort\",\"value\":$port}]"; do
    port=$((port + 1))
    test "$port" -le 32699
done
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=any-node --timeout=60s

# step: any-node
address=$(kubectl get nodes -l node-role.kubernetes.io/control-plane \
    -o jsonpath='{.items[0].status.addresses[?(@.type=="InternalIP")].address}')
kubectl -n "$WORKSPACE" run client --image=busybox:1.30 --command -- \
    sh -c "until wget -qO- http://$address:$port; do sleep 1; done; sleep 3600"
kubectl -n "$WORKSPACE" wait pod/client --for=condition=Ready --timeout=60s

#!/bin/sh
# With the folder of the lab.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: sync
kubectl diff -f desired/ || true
kubectl apply -f desired/
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=drift --timeout=90s

# step: drift
kubectl diff -f desired/ || true
kubectl -n "$WORKSPACE" get services
answer image nginx:1.17.4-alpine
answer replicas 5
answer color red
answer stranger web-debug
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=heal --timeout=90s

# step: heal
kubectl apply -f desired/
kubectl -n "$WORKSPACE" delete service web-debug
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=change --timeout=90s

# step: change
sed -i 's/replicas: 2/replicas: 4/' desired/deployment.yaml
kubectl apply -f desired/

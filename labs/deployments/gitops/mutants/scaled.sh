#!/bin/sh
# step: change
# check: by-the-folder
# message: What was applied last does not say 4 replicas
# Scaled by hand: right until the next apply.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl apply -f desired/
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=drift --timeout=90s

answer image nginx:1.17.4-alpine
answer replicas 5
answer color red
answer stranger web-debug
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=heal --timeout=90s

kubectl apply -f desired/
kubectl -n "$WORKSPACE" delete service web-debug
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=change --timeout=90s

kubectl -n "$WORKSPACE" scale deployment web --replicas=4

#!/bin/sh
# step: heal
# check: no-stranger
# message: Service web-debug
# What no file names is still there.
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

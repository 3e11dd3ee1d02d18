#!/bin/sh
# step: heal
# check: deployment
# message: nginx:1.17.4-alpine, wanted nginx:1.17.1
# The folder is changed to what the cluster has.
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

sed -i -e 's/nginx:1.17.1/nginx:1.17.4-alpine/' -e 's/replicas: 2/replicas: 5/' -e 's/blue/red/' desired/*
kubectl apply -f desired/
kubectl -n "$WORKSPACE" delete service web-debug

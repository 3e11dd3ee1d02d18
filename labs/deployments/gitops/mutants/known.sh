#!/bin/sh
# step: drift
# check: stranger
# message: `web` is not a Service that the folder does not know
# The Service that the folder names itself.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl apply -f desired/
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=drift --timeout=90s

answer stranger web

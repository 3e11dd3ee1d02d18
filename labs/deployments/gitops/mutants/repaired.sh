#!/bin/sh
# step: drift
# check: as-found
# message: The cluster is not as it was found. Start the step over
# Repaired before it was looked at.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl apply -f desired/
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=drift --timeout=90s

kubectl apply -f desired/

#!/bin/sh
# step: describe
# check: reason
# message: is not the reason of the Warning
# What get shows is the status, not the reason.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer pod-ip "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.status.podIP}')"
answer node "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.spec.nodeName}')"
answer namespace kube-system
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=describe --timeout=60s

answer reason Pending

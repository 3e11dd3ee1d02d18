#!/bin/sh
# step: logs
# check: code
# message: is not the code in the log of the container that runs now
# The first words of the line, not the code.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer pod-ip "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.status.podIP}')"
answer node "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.spec.nodeName}')"
answer namespace kube-system
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=describe --timeout=60s
answer reason FailedScheduling
answer label shelf=top-left
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=logs --timeout=60s

answer code Starting

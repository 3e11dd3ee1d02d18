#!/bin/sh
# step: describe
# check: label
# message: is not what the pod asks of a node
# The label that the pod has, not the one that it asks for.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer pod-ip "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.status.podIP}')"
answer node "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.spec.nodeName}')"
answer namespace kube-system
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=describe --timeout=60s

answer label app=lost

#!/bin/sh
# step: get
# check: pod-ip
# message: is not the address of nginx-pod
# The node's address instead of the pod's.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer pod-ip "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.status.hostIP}')"

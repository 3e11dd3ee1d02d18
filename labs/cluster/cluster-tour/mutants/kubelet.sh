#!/bin/sh
# step: way-of-a-pod
# check: assigns
# message: 'kubelet' is not the answer: look again
# The kubelet starts containers of pods that are assigned to its node already.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer nodes "$(kubectl get nodes -o name | wc -l)"
answer control-plane "$(kubectl get nodes -o name -l node-role.kubernetes.io/control-plane | wc -l)"
answer version "$(kubectl get nodes -o jsonpath='{.items[0].status.nodeInfo.kubeletVersion}')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=way-of-a-pod --timeout=60s

answer assigns kubelet

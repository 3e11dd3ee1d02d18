#!/bin/sh
# step: what-it-knows
# check: group
# message: Deployment is not in the API group `extensions`
# The group of tutorials that are older than Kubernetes 1.16.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer nodes "$(kubectl get nodes -o name | wc -l)"
answer control-plane "$(kubectl get nodes -o name -l node-role.kubernetes.io/control-plane | wc -l)"
answer version "$(kubectl get nodes -o jsonpath='{.items[0].status.nodeInfo.kubeletVersion}')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=way-of-a-pod --timeout=60s

answer node "$(kubectl -n "$WORKSPACE" get pods -l app=guide -o jsonpath='{.items[0].spec.nodeName}')"
answer signed default-scheduler
answer assigns kube-scheduler
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=what-it-knows --timeout=60s

answer group extensions

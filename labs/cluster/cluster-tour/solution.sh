#!/bin/sh
# Every answer from what the cluster says.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: machines
kubectl get nodes
answer nodes "$(kubectl get nodes --no-headers | wc -l)"
answer control-plane "$(kubectl get nodes --no-headers -l node-role.kubernetes.io/control-plane 2>/dev/null | wc -l)"
answer version "$(kubectl get nodes -o jsonpath='{.items[0].status.nodeInfo.kubeletVersion}')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=way-of-a-pod --timeout=60s

# step: way-of-a-pod
kubectl -n "$WORKSPACE" get pods -o wide
answer node "$(kubectl -n "$WORKSPACE" get pods -l app=guide -o jsonpath='{.items[0].spec.nodeName}')"
answer signed "$(kubectl -n "$WORKSPACE" get pods -l app=guide -o jsonpath='{.items[0].spec.schedulerName}')"
answer assigns kube-scheduler
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=what-it-knows --timeout=60s

# step: what-it-knows
kubectl api-resources --no-headers --api-group=apps
answer group "$(kubectl explain deployment | sed -n 's/^GROUP: *//p')"
answer no-namespace Node
answer system kube-system

#!/bin/sh
# The same with answers as people type them, and the pod found by its Event.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: machines
answer nodes "0$(kubectl get nodes -o name | wc -l)。"
answer control-plane " $(kubectl get nodes -o name -l node-role.kubernetes.io/control-plane | wc -l) "
answer version "$(kubectl get nodes -o jsonpath='{.items[0].status.nodeInfo.kubeletVersion}' | sed 's/^v//')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=way-of-a-pod --timeout=60s

# step: way-of-a-pod
answer node "“$(kubectl -n "$WORKSPACE" get pods -l app=guide -o jsonpath='{.items[0].spec.nodeName}')”"
answer signed "$(kubectl -n "$WORKSPACE" get events --field-selector reason=Scheduled -o jsonpath='{.items[0].reportingComponent}')"
answer assigns ' Kube-Scheduler'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=what-it-knows --timeout=60s

# step: what-it-knows
answer group apps/v1
answer no-namespace node
answer system '`kube-system`'

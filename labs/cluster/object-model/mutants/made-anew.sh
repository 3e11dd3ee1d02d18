#!/bin/sh
# step: added
# check: uid
# message: That is not the UID of the pod k8s-demo as it is now
# The pod is made anew after its UID was read.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer restart-policy Always
answer grace-period 30
answer containers-type "[]Container"
answer required-field name
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=write --timeout=60s

kubectl -n "$WORKSPACE" run k8s-demo --image=k8s-demo:0.1 --labels=app=k8s --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=added --timeout=60s

answer uid "$(kubectl -n "$WORKSPACE" get pod k8s-demo -o jsonpath='{.metadata.uid}')"
kubectl -n "$WORKSPACE" delete pod k8s-demo --now
kubectl -n "$WORKSPACE" run k8s-demo --image=k8s-demo:0.1 --labels=app=k8s --port=80

#!/bin/sh
# step: write
# check: labelled
# message: metadata.labels["app"] is k8s-demo, wanted k8s
# kubectl run with a label of the pod's own name.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer restart-policy Always
answer grace-period 30
answer containers-type "[]Container"
answer required-field name
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=write --timeout=60s

kubectl -n "$WORKSPACE" run k8s-demo --image=k8s-demo:0.1 --labels=app=k8s-demo --port=80

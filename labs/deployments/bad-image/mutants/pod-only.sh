#!/bin/sh
# step: repair
# check: image
# message: The Deployment web asks for the image nginx:nginx:1.7.9, wanted nginx with one tag
# The pod is repaired, and runs; the template that the next one is made from is not.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create deployment web --image=nginx:nginx:1.7.9
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=why --timeout=60s

answer scheduled "$(kubectl -n "$WORKSPACE" get pods -l app=web -o jsonpath='{.items[0].spec.nodeName}')"
answer who kubelet
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

kubectl -n "$WORKSPACE" set image "$(kubectl -n "$WORKSPACE" get pods -l app=web -o name)" nginx=nginx:1.7.9

#!/bin/sh
# step: no-such-tag
# check: served-on
# message: status.availableReplicas is 0, wanted at least 1
# With the strategy Recreate the old pod goes first: nothing is left that could run on.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create deployment web --image=nginx:nginx:1.7.9
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=why --timeout=60s

answer scheduled "$(kubectl -n "$WORKSPACE" get pods -l app=web -o jsonpath='{.items[0].spec.nodeName}')"
answer who kubelet
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.7.9
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-such-tag --timeout=60s

kubectl -n "$WORKSPACE" patch deployment web -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'
kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.7.99

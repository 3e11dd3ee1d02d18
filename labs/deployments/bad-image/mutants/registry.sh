#!/bin/sh
# step: why
# check: who
# message: 'registry' is not the answer: look again
# The usual suspect; it was never asked.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create deployment web --image=nginx:nginx:1.7.9
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=why --timeout=60s

answer scheduled "$(kubectl -n "$WORKSPACE" get pods -l app=web -o jsonpath='{.items[0].spec.nodeName}')"
answer who registry

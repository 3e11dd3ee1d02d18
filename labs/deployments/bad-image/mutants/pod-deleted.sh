#!/bin/sh
# step: no-such-tag
# check: back
# message: spec.template.spec.containers[0].image is nginx:1.7.99, wanted not nginx:1.7.99
# The pod that cannot pull is deleted: its ReplicaSet makes the same again.
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

kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.7.99
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="no-such-tag")].checks[?(@.name=="not-pulled")].verdict}'=Passed
kubectl -n "$WORKSPACE" delete pods -l app=web --field-selector=status.phase=Pending

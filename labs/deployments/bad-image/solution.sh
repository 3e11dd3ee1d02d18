#!/bin/sh
# As in the tutorial: a file by kubectl, the image set by command, the bad update undone.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: break-it
kubectl create deployment web --image=nginx:nginx:1.7.9 -o yaml --dry-run=client >my1.yml
kubectl -n "$WORKSPACE" apply -f my1.yml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=why --timeout=60s

# step: why
answer scheduled "$(kubectl -n "$WORKSPACE" get pods -l app=web -o jsonpath='{.items[0].spec.nodeName}')"
answer who kubelet
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

# step: repair
kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.7.9
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-such-tag --timeout=60s

# step: no-such-tag
kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.7.99
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="no-such-tag")].checks[?(@.name=="not-pulled")].verdict}'=Passed
kubectl -n "$WORKSPACE" rollout undo deployment/web
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

#!/bin/sh
# The rules first, then the version.
set -eu

# step: defaults
kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"least":"8","most":"13"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=update --timeout=90s

# step: update
kubectl -n "$WORKSPACE" patch deployment k8s-demo-deployment -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1,"maxSurge":1}}}}'
kubectl -n "$WORKSPACE" set image deployment/k8s-demo-deployment k8s-demo-pod=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" rollout status deployment/k8s-demo-deployment --timeout=110s

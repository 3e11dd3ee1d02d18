#!/bin/sh
# step: update
# check: not-too-many
# message: wanted at most 11
# Only the pods that may be missing are limited, not those that may be too many.
set -eu

kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"least":"8","most":"13"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=update --timeout=90s

kubectl -n "$WORKSPACE" patch deployment k8s-demo-deployment -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1}}}}'
kubectl -n "$WORKSPACE" set image deployment/k8s-demo-deployment k8s-demo-pod=nginx:1.17.4-alpine

#!/bin/sh
# step: update
# check: updated
# message: nginx:1.17.4-alpine
# The rules are set, and nothing is updated: the template is the same.
set -eu

kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"least":"8","most":"13"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=update --timeout=90s

kubectl -n "$WORKSPACE" patch deployment k8s-demo-deployment -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1,"maxSurge":1}}}}'
kubectl -n "$WORKSPACE" rollout restart deployment k8s-demo-deployment

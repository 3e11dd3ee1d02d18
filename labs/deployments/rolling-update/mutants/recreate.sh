#!/bin/sh
# step: update
# check: enough
# message: wanted at least 9
# All old pods go before the first new one comes.
set -eu

kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"least":"8","most":"13"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=update --timeout=90s

kubectl -n "$WORKSPACE" patch deployment k8s-demo-deployment -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'
kubectl -n "$WORKSPACE" set image deployment/k8s-demo-deployment k8s-demo-pod=nginx:1.17.4-alpine

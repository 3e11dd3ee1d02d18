#!/bin/sh
# The selector's typing mistake corrected; a pod taken out by its label's value.
set -eu

# step: repair
kubectl -n "$WORKSPACE" patch service nginx-service -p '{"spec":{"selector":{"app":"nginx"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=take-out --timeout=60s

# step: take-out
pod=$(kubectl -n "$WORKSPACE" get pods -l app=nginx -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" label pod "$pod" app=debug --overwrite

#!/bin/sh
# step: take-out
# check: debug-pod
# message: None of the Deployment's first pods lives on by itself, out of service
# The pod is deleted: out of service, but gone.
set -eu

kubectl -n "$WORKSPACE" patch service nginx-service -p '{"spec":{"selector":{"app":"nginx"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=take-out --timeout=60s

pod=$(kubectl -n "$WORKSPACE" get pods -l app=nginx -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" delete pod "$pod"

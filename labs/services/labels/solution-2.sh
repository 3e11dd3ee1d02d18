#!/bin/sh
# The Service is made anew from the Deployment; the pod's label is removed.
set -eu

# step: repair
kubectl -n "$WORKSPACE" delete service nginx-service
kubectl -n "$WORKSPACE" expose deployment nginx-deployment --name=nginx-service --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=take-out --timeout=60s

# step: take-out
pod=$(kubectl -n "$WORKSPACE" get pods -l app=nginx -o jsonpath='{.items[1].metadata.name}')
kubectl -n "$WORKSPACE" label pod "$pod" app-

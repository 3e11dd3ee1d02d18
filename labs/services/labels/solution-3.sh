#!/bin/sh
# The pods get a label of their own for the Service, by the Deployment's template; its selector reads that.
set -eu

# step: repair
kubectl -n "$WORKSPACE" patch deployment nginx-deployment -p '{"spec":{"template":{"metadata":{"labels":{"serve":"yes"}}}}}'
kubectl -n "$WORKSPACE" rollout status deployment/nginx-deployment --timeout=60s
kubectl -n "$WORKSPACE" set selector service nginx-service serve=yes
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=take-out --timeout=60s

# step: take-out
pod=$(kubectl -n "$WORKSPACE" get pods -l serve=yes -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" label pod "$pod" app=debug serve=no --overwrite

#!/bin/sh
# step: three
# check: replicas
# message: Deployment nginx-deployment: spec.replicas is 4, wanted 3
# A pod is deleted, and comes back.
set -eu

kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=4
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=three --timeout=60s

kubectl -n "$WORKSPACE" delete "$(kubectl -n "$WORKSPACE" get pods -l app=nginx -o name | head -n 1)"

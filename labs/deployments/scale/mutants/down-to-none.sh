#!/bin/sh
# step: one
# check: replicas
# message: Deployment nginx-deployment: spec.replicas is 0, wanted 1
# All are taken away instead of all but one.
set -eu

kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=4
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=three --timeout=60s
kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=one --timeout=60s

kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=0

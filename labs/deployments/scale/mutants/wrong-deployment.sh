#!/bin/sh
# step: ten
# check: replicas
# message: Deployment web: spec.replicas is 1, wanted 10
# The Deployment of the former steps is scaled once more, not web.
set -eu

kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=4
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=three --timeout=60s
kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=one --timeout=60s
kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=1
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=ten --timeout=60s

kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=10

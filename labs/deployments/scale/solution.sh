#!/bin/sh
# kubectl scale, all the way.
set -eu

# step: four
kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=4
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=three --timeout=60s

# step: three
kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=one --timeout=60s

# step: one
kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=1
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=ten --timeout=60s

# step: ten
kubectl -n "$WORKSPACE" scale deployment web --replicas=10
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

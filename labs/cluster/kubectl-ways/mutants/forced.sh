#!/bin/sh
# step: replace
# check: replaced
# message: is not the one that was there when the step began
# --force deletes, and makes another object of the same name.
set -eu

kubectl -n "$WORKSPACE" create -f nginx.yaml -f redis.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=replace --timeout=90s

kubectl -n "$WORKSPACE" scale deployment nginx --replicas=3
# While a controller writes as well, replace may come too late.
kubectl -n "$WORKSPACE" rollout status deployment/nginx --timeout=60s
sed -i "s/nginx:1.17.1/nginx:1.17.4-alpine/" nginx.yaml
kubectl -n "$WORKSPACE" replace --force -f nginx.yaml

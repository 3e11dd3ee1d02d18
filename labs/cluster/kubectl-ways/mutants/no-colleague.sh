#!/bin/sh
# step: replace
# check: scaled
# message: wanted 3
# The file is replaced, and nobody had scaled before.
set -eu

kubectl -n "$WORKSPACE" create -f nginx.yaml -f redis.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=replace --timeout=90s

kubectl -n "$WORKSPACE" rollout status deployment/nginx --timeout=60s
sed -i "s/nginx:1.17.1/nginx:1.17.4-alpine/" nginx.yaml
kubectl -n "$WORKSPACE" replace -f nginx.yaml

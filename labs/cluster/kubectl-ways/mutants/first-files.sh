#!/bin/sh
# step: apply
# check: no-replicas
# message: The annotation of nginx has replicas in it
# The files of before are applied, not the folder.
set -eu

kubectl -n "$WORKSPACE" create -f nginx.yaml -f redis.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=replace --timeout=90s

kubectl -n "$WORKSPACE" scale deployment nginx --replicas=3
# While a controller writes as well, replace may come too late.
kubectl -n "$WORKSPACE" rollout status deployment/nginx --timeout=60s
sed -i "s/nginx:1.17.1/nginx:1.17.4-alpine/" nginx.yaml
kubectl -n "$WORKSPACE" replace -f nginx.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=delete --timeout=90s

kubectl -n "$WORKSPACE" delete -f nginx.yaml -f redis.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=apply --timeout=90s

kubectl -n "$WORKSPACE" apply -f nginx.yaml -f redis.yaml

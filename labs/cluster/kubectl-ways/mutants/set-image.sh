#!/bin/sh
# step: again
# check: by-apply
# message: What was applied last does not have the newer image
# The image is set by a command, and the file still says the old one.
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

kubectl -n "$WORKSPACE" apply -f configs/
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=again --timeout=90s

kubectl -n "$WORKSPACE" scale deployment nginx --replicas=3
kubectl -n "$WORKSPACE" set image deployment/nginx nginx=nginx:1.17.4-alpine

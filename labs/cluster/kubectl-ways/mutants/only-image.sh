#!/bin/sh
# step: replace
# check: replaced
# message: spec.replicas is 3, wanted 1
# The image is set by a command that leaves the replicas alone.
set -eu

kubectl -n "$WORKSPACE" create -f nginx.yaml -f redis.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=replace --timeout=90s

kubectl -n "$WORKSPACE" scale deployment nginx --replicas=3
kubectl -n "$WORKSPACE" set image deployment/nginx nginx=nginx:1.17.4-alpine

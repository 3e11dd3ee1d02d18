#!/bin/sh
# step: history
# check: causes
# message: The history does not say why
# Only the second revision is annotated: the first is not the current one any more.
set -eu

kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s
kubectl -n "$WORKSPACE" annotate deployment web kubernetes.io/change-cause="a newer nginx"

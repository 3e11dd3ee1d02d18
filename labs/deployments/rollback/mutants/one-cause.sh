#!/bin/sh
# step: history
# check: causes
# message: The history does not say why
# The second revision keeps the cause of the first.
set -eu

kubectl -n "$WORKSPACE" annotate deployment web kubernetes.io/change-cause="first version"
kubectl -n "$WORKSPACE" wait rs -l app=web --for=jsonpath='{.metadata.annotations.kubernetes\.io/change-cause}'="first version" --timeout=30s
kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.17.4-alpine

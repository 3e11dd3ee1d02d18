#!/bin/sh
# step: undo
# check: same-again
# message: The ReplicaSet that served before is not the only one
# Undone to the first revision instead of the last that worked.
set -eu

kubectl -n "$WORKSPACE" annotate deployment web kubernetes.io/change-cause="first version"
kubectl -n "$WORKSPACE" wait rs -l app=web --for=jsonpath='{.metadata.annotations.kubernetes\.io/change-cause}'="first version" --timeout=30s
kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" annotate deployment web kubernetes.io/change-cause="a newer nginx" --overwrite
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=stuck --timeout=90s

kubectl -n "$WORKSPACE" set resources deployment web -c nginx --requests=memory=1Ti
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=undo --timeout=90s

kubectl -n "$WORKSPACE" rollout undo deployment web --to-revision=1

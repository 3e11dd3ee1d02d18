#!/bin/sh
# The commands that the tutorial names.
set -eu

# step: history
kubectl -n "$WORKSPACE" annotate deployment web kubernetes.io/change-cause="first version"
kubectl -n "$WORKSPACE" wait rs -l app=web --for=jsonpath='{.metadata.annotations.kubernetes\.io/change-cause}'="first version" --timeout=30s
kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" annotate deployment web kubernetes.io/change-cause="a newer nginx" --overwrite
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=stuck --timeout=90s

# step: stuck
kubectl -n "$WORKSPACE" set resources deployment web -c nginx --requests=memory=1Ti
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=undo --timeout=90s

# step: undo
kubectl -n "$WORKSPACE" rollout undo deployment web
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pause --timeout=90s

# step: pause
kubectl -n "$WORKSPACE" rollout pause deployment web
kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.14
kubectl -n "$WORKSPACE" set env deployment/web COLOR=green
kubectl -n "$WORKSPACE" rollout resume deployment web
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=first --timeout=90s

# step: first
kubectl -n "$WORKSPACE" rollout undo deployment web --to-revision=1
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

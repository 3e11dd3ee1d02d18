#!/bin/sh
# step: stuck
# check: pending
# message: No pod of web that requests 1Ti
# The request is one that every node can meet.
set -eu

kubectl -n "$WORKSPACE" annotate deployment web kubernetes.io/change-cause="first version"
kubectl -n "$WORKSPACE" wait rs -l app=web --for=jsonpath='{.metadata.annotations.kubernetes\.io/change-cause}'="first version" --timeout=30s
kubectl -n "$WORKSPACE" set image deployment/web nginx=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" annotate deployment web kubernetes.io/change-cause="a newer nginx" --overwrite
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=stuck --timeout=90s

kubectl -n "$WORKSPACE" set resources deployment web -c nginx --requests=memory=1Mi

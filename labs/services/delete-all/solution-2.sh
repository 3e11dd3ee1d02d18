#!/bin/sh
# By the label that they share.
set -eu

# step: deployment
kubectl -n "$WORKSPACE" delete deployments -l app=tomcat6 --cascade=foreground
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=90s

# step: service
kubectl -n "$WORKSPACE" delete all -l app=tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rest --timeout=60s

# step: rest
kubectl -n "$WORKSPACE" get all,configmaps,secrets,persistentvolumeclaims,ingresses -l app=tomcat6 -o name |
    xargs kubectl -n "$WORKSPACE" delete

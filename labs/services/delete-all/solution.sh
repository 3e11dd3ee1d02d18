#!/bin/sh
# Object by object, as the tutorial does, and then what it forgets.
set -eu

# step: deployment
kubectl -n "$WORKSPACE" get all
kubectl -n "$WORKSPACE" delete deployment.apps/tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=90s

# step: service
kubectl -n "$WORKSPACE" delete service/tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rest --timeout=60s

# step: rest
kubectl -n "$WORKSPACE" delete configmap tomcat6-settings
kubectl -n "$WORKSPACE" delete secret tomcat6-users

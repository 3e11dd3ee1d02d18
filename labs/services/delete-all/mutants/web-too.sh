#!/bin/sh
# step: rest
# check: web-stays
# message: Deployment web does not exist
# Everything in the namespace is deleted once more.
set -eu

kubectl -n "$WORKSPACE" delete deployment tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=90s
kubectl -n "$WORKSPACE" delete service tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rest --timeout=60s

kubectl -n "$WORKSPACE" delete all --all
kubectl -n "$WORKSPACE" delete configmap,secret -l app=tomcat6

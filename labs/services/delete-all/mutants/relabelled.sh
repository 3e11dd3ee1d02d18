#!/bin/sh
# step: rest
# check: deleted
# message: ConfigMap tomcat6-settings
# The label is taken away, and nothing is deleted.
set -eu

kubectl -n "$WORKSPACE" delete deployment tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=90s
kubectl -n "$WORKSPACE" delete service tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rest --timeout=60s

kubectl -n "$WORKSPACE" label configmap/tomcat6-settings secret/tomcat6-users app-

#!/bin/sh
# step: rest
# check: nothing-left
# message: Something with the label app=tomcat6 is left
# The settings are found, the passwords are not.
set -eu

kubectl -n "$WORKSPACE" delete deployment tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=90s
kubectl -n "$WORKSPACE" delete service tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rest --timeout=60s

kubectl -n "$WORKSPACE" delete configmaps -l app=tomcat6

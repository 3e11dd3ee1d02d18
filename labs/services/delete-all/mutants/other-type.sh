#!/bin/sh
# step: service
# check: gone
# message: Service tomcat6
# The node port is closed, and the Service is still there.
set -eu

kubectl -n "$WORKSPACE" delete deployment tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=90s

kubectl -n "$WORKSPACE" patch service tomcat6 --type=json -p '[
  {"op": "replace", "path": "/spec/type", "value": "ClusterIP"},
  {"op": "remove", "path": "/spec/ports/0/nodePort"}]'

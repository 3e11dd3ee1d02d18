#!/bin/sh
# step: wrong-port
# check: leads-to-tomcat
# message: does not lead to port 8080
# The Service's own port is changed, and the container's is not.
set -eu

kubectl -n "$WORKSPACE" expose deployment tomcat6 --port=80 --target-port=8080 --type=NodePort
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=wrong-port --timeout=90s

kubectl -n "$WORKSPACE" patch service orders --type=json \
    -p '[{"op":"replace","path":"/spec/ports/0/port","value":8080}]'

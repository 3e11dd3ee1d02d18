#!/bin/sh
# step: by-name
# check: by-name
# message: The target port is htpp, wanted http
# A name that no container's port has.
set -eu

kubectl -n "$WORKSPACE" expose deployment tomcat6 --port=80 --target-port=8080 --type=NodePort
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=wrong-port --timeout=90s

kubectl -n "$WORKSPACE" patch service orders --type=json \
    -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=by-name --timeout=60s

kubectl -n "$WORKSPACE" patch service orders --type=json \
    -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":"htpp"}]'

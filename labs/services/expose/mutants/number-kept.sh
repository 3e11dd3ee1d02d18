#!/bin/sh
# step: by-name
# check: by-name
# message: The target port is 8080, wanted http
# The port of the Service gets the name, not its target.
set -eu

kubectl -n "$WORKSPACE" expose deployment tomcat6 --port=80 --target-port=8080 --type=NodePort
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=wrong-port --timeout=90s

kubectl -n "$WORKSPACE" patch service orders --type=json \
    -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=by-name --timeout=60s

kubectl -n "$WORKSPACE" patch service orders --type=json \
    -p '[{"op":"add","path":"/spec/ports/0/name","value":"http"}]'

#!/bin/sh
# step: wrong-port
# check: leads-to-tomcat
# message: does not lead to port 8080
# The note in the Deployment is changed; Tomcat listens where it did.
set -eu

kubectl -n "$WORKSPACE" expose deployment tomcat6 --port=80 --target-port=8080 --type=NodePort
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=wrong-port --timeout=90s

kubectl -n "$WORKSPACE" patch deployment orders --type=json \
    -p '[{"op":"replace","path":"/spec/template/spec/containers/0/ports/0/containerPort","value":80}]'

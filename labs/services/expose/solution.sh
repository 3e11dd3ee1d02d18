#!/bin/sh
# The tutorial's command; the port repaired in place.
set -eu

# step: expose
kubectl -n "$WORKSPACE" expose deployment tomcat6 --port=80 --target-port=8080 --type=NodePort
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=wrong-port --timeout=90s

# step: wrong-port
kubectl -n "$WORKSPACE" get endpointslices -l kubernetes.io/service-name=orders
kubectl -n "$WORKSPACE" patch service orders --type=json \
    -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":8080}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=by-name --timeout=60s

# step: by-name
kubectl -n "$WORKSPACE" patch service orders --type=json \
    -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":"http"}]'

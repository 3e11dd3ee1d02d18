#!/bin/sh
# step: version-b
# check: b
# message: web-b is not available with the image k8s-demo:0.2
# A second time the same version.
set -eu

kubectl -n "$WORKSPACE" create deployment web-b --image=k8s-demo:0.1
kubectl -n "$WORKSPACE" expose deployment web-b --port=80
kubectl -n "$WORKSPACE" rollout status deployment web-b --timeout=60s

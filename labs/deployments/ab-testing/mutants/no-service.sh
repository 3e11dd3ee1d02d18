#!/bin/sh
# step: version-b
# check: b
# message: Service web-b does not exist
# A Deployment alone has no name that the proxy could ask.
set -eu

kubectl -n "$WORKSPACE" create deployment web-b --image=k8s-demo:0.2
kubectl -n "$WORKSPACE" rollout status deployment web-b --timeout=60s

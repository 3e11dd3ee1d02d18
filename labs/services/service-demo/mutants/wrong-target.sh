#!/bin/sh
# step: service
# check: page
# message: GET http://k8s-demo-svc:80/ was refused
# 9376 is in the tutorial's text, and nobody listens there.
set -eu

kubectl -n "$WORKSPACE" run k8s-demo --image=k8s-demo:0.1 --labels=app=k8s --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=60s

kubectl -n "$WORKSPACE" expose pod k8s-demo --name=k8s-demo-svc --type=NodePort --port=80 --target-port=9376

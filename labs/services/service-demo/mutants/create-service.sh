#!/bin/sh
# step: service
# check: node-port
# message: spec.selector.app is k8s-demo-svc, wanted k8s
# kubectl create service takes its own name for the selector.
set -eu

kubectl -n "$WORKSPACE" run k8s-demo --image=k8s-demo:0.1 --labels=app=k8s --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=60s

kubectl -n "$WORKSPACE" create service nodeport k8s-demo-svc --tcp=80:80

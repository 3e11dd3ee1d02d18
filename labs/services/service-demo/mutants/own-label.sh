#!/bin/sh
# step: pod
# check: running
# message: metadata.labels["app"] is k8s-demo, wanted k8s
# The pod's name as its label.
set -eu

kubectl -n "$WORKSPACE" run k8s-demo --image=k8s-demo:0.1 --labels=app=k8s-demo --port=80

#!/bin/sh
# step: pod
# check: page
# message: body is a text of
# The image that k8s-demo is made from, without its page.
set -eu

kubectl -n "$WORKSPACE" run k8s-demo --image=nginx:1.17.1 --labels=app=k8s --port=80
kubectl -n "$WORKSPACE" wait pod/k8s-demo --for=condition=Ready --timeout=60s

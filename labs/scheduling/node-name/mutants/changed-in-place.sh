#!/bin/sh
# step: nowhere
# check: pending
# message: Pod pod-nodename: spec.nodeName is
# The node is to be changed in the pod that runs; the API server refuses it.
set -eu

kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: pod-nodename
spec:
  nodeName: $NODE1
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=nowhere --timeout=60s

kubectl -n "$WORKSPACE" patch pod pod-nodename -p '{"spec":{"nodeName":"node9"}}' || true

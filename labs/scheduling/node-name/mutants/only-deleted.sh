#!/bin/sh
# step: nowhere
# check: pending
# message: Pod pod-nodename does not exist in namespace
# The pod is deleted, and never made for the missing node.
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

kubectl -n "$WORKSPACE" delete pod pod-nodename

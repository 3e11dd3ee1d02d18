#!/bin/sh
# The node is written into the pod, first one that is there, then one that is not.
set -eu

# step: pinned
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

# step: nowhere
kubectl -n "$WORKSPACE" delete pod pod-nodename
kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: pod-nodename
spec:
  nodeName: node9
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$WORKSPACE" wait --for=delete pod/pod-nodename --timeout=110s

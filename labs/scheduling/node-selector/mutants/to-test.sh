#!/bin/sh
# step: pro
# check: there
# message: spec.nodeName is
# The pod goes to the other environment, asking for it.
set -eu

kubectl label node "$NODE1" nodeenv=pro
kubectl label node "$NODE2" nodeenv=test
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pro --timeout=60s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-nodeselector
spec:
  nodeSelector:
    nodeenv: test
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-nodeselector --timeout=60s

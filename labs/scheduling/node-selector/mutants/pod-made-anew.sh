#!/bin/sh
# step: repair
# check: same
# message: is not the one that was there when the step began
# The pod is made anew with a selector that fits, and the node gets its label too late.
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
    nodeenv: pro
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=nowhere --timeout=60s

kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-nodeselector
spec:
  nodeSelector:
    nodeenv: xxx
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-nodeselector
spec:
  nodeSelector:
    nodeenv: xxx
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl label node "$NODE2" nodeenv=xxx --overwrite
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-nodeselector --timeout=60s

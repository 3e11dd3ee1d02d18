#!/bin/sh
# Labels on nodes, a selector in the pod; in the end the other node gets the label that is asked for.
set -eu

# step: label
kubectl label node "$NODE1" nodeenv=pro
kubectl label node "$NODE2" nodeenv=test
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pro --timeout=60s

# step: pro
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

# step: nowhere
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

# step: repair
kubectl label node "$NODE2" nodeenv=xxx --overwrite

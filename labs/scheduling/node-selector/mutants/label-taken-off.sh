#!/bin/sh
# step: nowhere
# check: asks
# message: spec.nodeSelector["nodeenv"] is pro, wanted xxx
# The node loses its label; the pod that runs does not care.
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

kubectl label node "$NODE1" nodeenv-

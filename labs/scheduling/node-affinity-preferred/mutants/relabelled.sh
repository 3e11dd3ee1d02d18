#!/bin/sh
# step: fulfilled
# check: wishes
# message: has no preference of weight 1 that says nodeenv In pro, yyy
# The node gets a label that is wished for; the pod that runs does not move.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-nodeaffinity-preferred
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  affinity:
    nodeAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        preference:
          matchExpressions:
          - {key: nodeenv, operator: In, values: [xxx, yyy]}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=fulfilled --timeout=60s

kubectl label node "$NODE1" nodeenv=yyy --overwrite

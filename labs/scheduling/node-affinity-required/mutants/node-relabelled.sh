#!/bin/sh
# step: matched
# check: asks
# message: does not say nodeenv In pro, yyy
# The node is changed instead of the pod.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-nodeaffinity-required
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
        - matchExpressions:
          - {key: nodeenv, operator: In, values: [xxx, yyy]}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=matched --timeout=60s

kubectl label node "$NODE1" nodeenv=yyy --overwrite
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-nodeaffinity-required --timeout=60s

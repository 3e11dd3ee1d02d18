#!/bin/sh
# step: unfulfilled
# check: wishes
# message: Pod pod-nodeaffinity-preferred does not exist in namespace
# A wish without a weight; the API server refuses it.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML' || true
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
      - preference:
          matchExpressions:
          - {key: nodeenv, operator: In, values: [xxx, yyy]}
YAML

#!/bin/sh
# step: nowhere
# check: asks
# message: does not say nodeenv In xxx, yyy
# A wish instead of a condition: the pod runs.
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
      preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 1
        preference:
          matchExpressions:
          - {key: nodeenv, operator: In, values: [xxx, yyy]}
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-nodeaffinity-required --timeout=60s

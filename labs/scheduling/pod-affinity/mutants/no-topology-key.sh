#!/bin/sh
# step: nowhere
# check: asks
# message: Pod pod-podaffinity-required does not exist in namespace
# A rule that does not say how near; the API server refuses it.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML' || true
apiVersion: v1
kind: Pod
metadata:
  name: pod-podaffinity-required
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  affinity:
    podAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - labelSelector:
          matchExpressions:
          - {key: podenv, operator: In, values: [xxx, yyy]}
YAML

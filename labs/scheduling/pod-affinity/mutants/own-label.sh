#!/bin/sh
# step: nowhere
# check: unschedulable
# message: The scheduler has not refused the pod pod-podaffinity-required
# The pod has the label itself and fulfils its own rule: it runs.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-podaffinity-required
  labels: {podenv: xxx}
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  affinity:
    podAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchExpressions:
          - {key: podenv, operator: In, values: [xxx, yyy]}
YAML

kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-podaffinity-required --timeout=60s

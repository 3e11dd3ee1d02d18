#!/bin/sh
# step: apart
# check: elsewhere
# message: Pod pod-podaffinity-target does not exist in namespace
# The other one is removed instead of avoided.
set -eu

kubectl -n "$WORKSPACE" delete pod pod-podaffinity-target --now

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-podantiaffinity-required
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  affinity:
    podAntiAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchExpressions:
          - {key: podenv, operator: In, values: [pro]}
YAML

kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-podantiaffinity-required --timeout=60s

#!/bin/sh
# step: apart
# check: asks
# message: does not require to be off the kubernetes.io/hostname of pods with podenv=pro
# Twice negated: it avoids all but the target.
set -eu

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
          - {key: podenv, operator: NotIn, values: [pro]}
YAML

kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-podantiaffinity-required --timeout=60s

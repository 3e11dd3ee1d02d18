#!/bin/sh
# step: apart
# check: asks
# message: spec.affinity.podAntiAffinity
# Affinity with NotIn is no anti-affinity: it wants company, of another kind.
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
    podAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchExpressions:
          - {key: podenv, operator: NotIn, values: [pro]}
YAML

#!/bin/sh
# step: apart
# check: asks
# message: does not require to be off the kubernetes.io/hostname of pods with podenv=pro
# All nodes have the same operating system: no place is far enough.
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
      - topologyKey: kubernetes.io/os
        labelSelector:
          matchExpressions:
          - {key: podenv, operator: In, values: [pro]}
YAML

kubectl -n "$WORKSPACE" wait --for=jsonpath='{.status.conditions[?(@.type=="PodScheduled")].reason}'=Unschedulable pod/pod-podantiaffinity-required --timeout=60s

#!/bin/sh
# step: beside
# check: asks
# message: does not require a pod with podenv In pro, yyy
# The target gets the label that is waited for.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
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
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchExpressions:
          - {key: podenv, operator: In, values: [xxx, yyy]}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=beside --timeout=60s

kubectl -n "$WORKSPACE" label pod pod-podaffinity-target podenv=yyy --overwrite
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-podaffinity-required --timeout=60s

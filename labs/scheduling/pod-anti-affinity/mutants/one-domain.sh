#!/bin/sh
# step: spread
# check: avoids
# message: The pods of web do not require to be off the kubernetes.io/hostname
# One pod for all nodes with Linux.
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
          - {key: podenv, operator: In, values: [pro]}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=spread --timeout=60s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: nginx:1.17.1
      nodeSelector:
        stage: spread
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
          - topologyKey: kubernetes.io/os
            labelSelector:
              matchLabels:
                app: web
YAML

#!/bin/sh
# step: room
# check: asks
# message: spec.template.spec.nodeSelector["stage"] is not set
# The Deployment is changed instead of the node: its pods may go anywhere now.
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
          - topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                app: web
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=full --timeout=60s

kubectl -n "$WORKSPACE" scale deployment web --replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=room --timeout=60s

kubectl -n "$WORKSPACE" patch deployment web --type=merge -p '{"spec": {"template": {"spec": {"nodeSelector": null}}}}'

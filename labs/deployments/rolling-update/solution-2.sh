#!/bin/sh
# The tutorial's way: rules and version in one file.
set -eu

# step: defaults
kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"least":"8","most":"13"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=update --timeout=90s

# step: update
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: k8s-demo-deployment
spec:
  replicas: 10
  minReadySeconds: 3
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 1
      maxSurge: 1
  selector:
    matchLabels:
      app: k8s-demo
  template:
    metadata:
      labels:
        app: k8s-demo
    spec:
      containers:
      - name: k8s-demo-pod
        image: nginx:1.17.4-alpine
        ports:
        - containerPort: 80
YAML
kubectl -n "$WORKSPACE" rollout status deployment/k8s-demo-deployment --timeout=110s

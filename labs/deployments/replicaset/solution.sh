#!/bin/sh
# Made from a file; a pod taken out, and given back, by its label's value.
set -eu

# step: create
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: k8s-demo-rs
spec:
  replicas: 3
  selector:
    matchLabels:
      app: k8s
  template:
    metadata:
      labels:
        app: k8s
    spec:
      containers:
      - name: k8s-demo
        image: nginx:1.17.4-alpine
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=take-out --timeout=60s

# step: take-out
pod=$(kubectl -n "$WORKSPACE" get pods -l app=k8s -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" label pod "$pod" app=debug --overwrite
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=adopt --timeout=60s

# step: adopt
kubectl -n "$WORKSPACE" label pod "$pod" app=k8s --overwrite

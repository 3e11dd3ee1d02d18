#!/bin/sh
# step: take-out
# check: released
# message: None of the first pods of k8s-demo-rs lives on outside it
# The pod is deleted: it is replaced, but it does not live on.
set -eu

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

pod=$(kubectl -n "$WORKSPACE" get pods -l app=k8s -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" delete pod "$pod"

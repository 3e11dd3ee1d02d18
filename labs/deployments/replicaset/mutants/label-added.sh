#!/bin/sh
# step: take-out
# check: replaced
# message: No new pod has come in the place of one of the first
# A label is added; the one that the selector reads stays.
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
kubectl -n "$WORKSPACE" label pod "$pod" debug=true

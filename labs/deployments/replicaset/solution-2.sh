#!/bin/sh
# More labels than asked for; the label removed instead of changed, and put back by a patch.
set -eu

# step: create
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: k8s-demo-rs
  labels:
    owner: me
spec:
  replicas: 3
  selector:
    matchLabels:
      app: k8s
      tier: front
  template:
    metadata:
      labels:
        app: k8s
        tier: front
        version: "0.1"
    spec:
      containers:
      - name: k8s-demo
        image: nginx:1.17.4-alpine
        ports:
        - containerPort: 80
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=take-out --timeout=60s

# step: take-out
pod=$(kubectl -n "$WORKSPACE" get pods -l app=k8s -o jsonpath='{.items[2].metadata.name}')
kubectl -n "$WORKSPACE" label pod "$pod" app-
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=adopt --timeout=60s

# step: adopt
kubectl -n "$WORKSPACE" patch pod "$pod" -p '{"metadata":{"labels":{"app":"k8s"}}}'

#!/bin/sh
# step: create
# check: selector
# message: The selector of k8s-demo-rs does not ask for app=k8s
# The later label of the tutorial, not the one that was asked for.
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
      app: k8s-demo
  template:
    metadata:
      labels:
        app: k8s-demo
    spec:
      containers:
      - name: k8s-demo
        image: nginx:1.17.4-alpine
YAML

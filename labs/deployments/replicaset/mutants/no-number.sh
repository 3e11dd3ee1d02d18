#!/bin/sh
# step: create
# check: replicas
# message: ReplicaSet k8s-demo-rs: spec.replicas is 1, wanted 3
# Without replicas there is one.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: k8s-demo-rs
spec:
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

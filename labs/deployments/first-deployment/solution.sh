#!/bin/sh
# The tutorial's file, applied.
set -eu

# step: create
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
  labels:
    app: nginx
spec:
  replicas: 1
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: nginx:1.7.9
YAML
kubectl -n "$WORKSPACE" rollout status deployment/nginx-deployment --timeout=60s

#!/bin/sh
# Strategy and version in one file.
set -eu

# step: update
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ledger
spec:
  replicas: 3
  strategy:
    type: Recreate
    rollingUpdate: null
  selector:
    matchLabels:
      app: ledger
  template:
    metadata:
      labels:
        app: ledger
    spec:
      containers:
      - name: ledger
        image: nginx:1.17.4-alpine
YAML
kubectl -n "$WORKSPACE" rollout status deployment/ledger --timeout=90s

#!/bin/sh
# step: switch
# check: at-once
# message: had no ready endpoint
# The Service is deleted and made anew: for a moment it leads nowhere.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop-green
spec:
  replicas: 3
  selector:
    matchLabels: {app: shop, version: green}
  template:
    metadata:
      labels: {app: shop, version: green}
    spec:
      containers:
      - name: nginx
        image: nginx:1.17.4-alpine
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=switch --timeout=90s

kubectl -n "$WORKSPACE" delete service shop
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[1].checks[2].reason}'=Violated --timeout=60s
kubectl -n "$WORKSPACE" expose deployment shop-green --name=shop --port=80

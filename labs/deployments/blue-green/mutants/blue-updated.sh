#!/bin/sh
# step: switch
# check: on-green
# message: The endpoints of shop are not just the three pods of shop-green
# Blue gets the new image: that is a rolling update, and users are still on blue.
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

kubectl -n "$WORKSPACE" set image deployment/shop-blue nginx=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" rollout status deployment/shop-blue --timeout=60s

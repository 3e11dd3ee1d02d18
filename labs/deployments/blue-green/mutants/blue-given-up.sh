#!/bin/sh
# step: switch
# check: blue-kept
# message: spec.replicas is 1, wanted 3
# To save room, the way back is made smaller.
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

kubectl -n "$WORKSPACE" scale deployment shop-blue --replicas=1
kubectl -n "$WORKSPACE" patch service shop -p '{"spec":{"selector":{"version":"green"}}}'

#!/bin/sh
# step: retire
# check: at-once
# message: had no ready endpoint
# Blue goes while the users are still on it.
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

kubectl -n "$WORKSPACE" patch service shop -p '{"spec":{"selector":{"version":"green"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=back --timeout=90s

kubectl -n "$WORKSPACE" patch service shop -p '{"spec":{"selector":{"version":"blue"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=retire --timeout=90s

kubectl -n "$WORKSPACE" delete deployment shop-blue
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[3].checks[2].reason}'=Violated --timeout=90s
kubectl -n "$WORKSPACE" patch service shop -p '{"spec":{"selector":{"version":"green"}}}'

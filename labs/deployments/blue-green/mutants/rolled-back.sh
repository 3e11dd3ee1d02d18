#!/bin/sh
# step: back
# check: on-blue
# message: The endpoints of shop are not just the three pods of shop-blue
# Green gets the old image back, instead of the users blue.
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

kubectl -n "$WORKSPACE" set image deployment/shop-green nginx=nginx:1.17.1
kubectl -n "$WORKSPACE" rollout status deployment/shop-green --timeout=60s

#!/bin/sh
# step: green
# check: users-on-blue
# message: The Service shop had endpoints other than the pods of shop-blue, or none
# The Service is opened for all colours before green is there.
set -eu

kubectl -n "$WORKSPACE" patch service shop --type=json -p '[{"op": "remove", "path": "/spec/selector/version"}]'
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

#!/bin/sh
# Another way each time: a file, a merge patch, a JSON patch, server-side apply.
set -eu

# step: four
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
  labels:
    app: nginx
spec:
  replicas: 4
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
        ports:
        - containerPort: 80
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=three --timeout=60s

# step: three
kubectl -n "$WORKSPACE" patch deployment nginx-deployment --type=merge -p '{"spec":{"replicas":3}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=one --timeout=60s

# step: one
kubectl -n "$WORKSPACE" patch deployment nginx-deployment --type=json -p '[{"op":"replace","path":"/spec/replicas","value":1}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=ten --timeout=60s

# step: ten
kubectl -n "$WORKSPACE" apply --server-side --force-conflicts -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 10
YAML

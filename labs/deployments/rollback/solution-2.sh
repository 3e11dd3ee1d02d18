#!/bin/sh
# Files and patches instead: who restores a template exactly gets its ReplicaSet back.
set -eu

# step: history
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    kubernetes.io/change-cause: begun
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: nginx:1.17.1
YAML
kubectl -n "$WORKSPACE" wait rs -l app=web --for=jsonpath='{.metadata.annotations.kubernetes\.io/change-cause}'=begun --timeout=30s
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    kubernetes.io/change-cause: newer
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: nginx:1.17.4-alpine
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=stuck --timeout=90s

# step: stuck
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    kubernetes.io/change-cause: roomier
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: nginx:1.17.4-alpine
        resources:
          limits:
            memory: 1Ti
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=undo --timeout=90s

# step: undo
kubectl -n "$WORKSPACE" patch deployment web --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/resources/limits"}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pause --timeout=90s

# step: pause
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    kubernetes.io/change-cause: greener
spec:
  paused: true
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: nginx
        image: nginx:1.14
        env:
        - name: COLOR
          value: green
YAML
kubectl -n "$WORKSPACE" patch deployment web -p '{"spec":{"paused":false}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=first --timeout=90s

# step: first
kubectl -n "$WORKSPACE" patch deployment web --type=json -p '[
  {"op": "remove", "path": "/spec/template/spec/containers/0/env"},
  {"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "nginx:1.17.1"}]'
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

#!/bin/sh
# step: one-of-ten
# check: new-version
# message: wanted nginx:1.17.1
# All of them get the new version at once.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-canary
spec:
  replicas: 1
  selector:
    matchLabels: {app: web, track: canary}
  template:
    metadata:
      labels: {app: web, track: canary}
    spec:
      containers:
      - name: nginx
        image: nginx:1.17.4-alpine
YAML
kubectl -n "$WORKSPACE" set image deployment/web-stable nginx=nginx:1.17.4-alpine

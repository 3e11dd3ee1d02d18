#!/bin/sh
# step: one-of-ten
# check: counted
# message: web-stable has 8 pods and web-canary 1, wanted 9 and 1
# One of the old ones is taken away for it: one of nine is another share.
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
kubectl -n "$WORKSPACE" scale deployment web-stable --replicas=8

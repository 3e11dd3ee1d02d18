#!/bin/sh
# step: one-of-ten
# check: new-version
# message: web-canary
# The canary is of the old version: a copy in which the image was forgotten.
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
        image: nginx:1.17.1
YAML

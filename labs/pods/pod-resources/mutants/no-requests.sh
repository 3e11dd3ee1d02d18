#!/bin/sh
# step: fits
# check: requests
# message: The container nginx does not request cpu 1 and memory 10Mi
# Requests are left out: they become the limits, and no node has 10Gi.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-resources
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    resources:
      limits:
        cpu: "2"
        memory: 10Gi
YAML

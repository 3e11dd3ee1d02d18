#!/bin/sh
# step: fits
# check: limits
# message: The container nginx is not limited to cpu 2 and memory 10Gi
# G instead of Gi: a power of ten, 7 % less.
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
        memory: 10G
      requests:
        cpu: "1"
        memory: 10Mi
YAML

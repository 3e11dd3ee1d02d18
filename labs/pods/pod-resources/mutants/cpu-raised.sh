#!/bin/sh
# step: too-big
# check: unschedulable
# message: The scheduler has not refused the pod for want of memory
# Pending as well, but for want of CPU.
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
      requests:
        cpu: "1"
        memory: 10Mi
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=too-big --timeout=60s

kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
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
        cpu: "10"
        memory: 10Gi
      requests:
        cpu: "10"
        memory: 10Mi
YAML

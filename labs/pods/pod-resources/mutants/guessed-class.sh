#!/bin/sh
# step: qos
# check: qos
# message: That is not the class that the pod's status tells
# Limits are there, so it must be guaranteed? Requests differ from them.
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
        cpu: "2"
        memory: 10Gi
      requests:
        cpu: "1"
        memory: 10Gi
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s
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
        cpu: "2"
        memory: 10Gi
      requests:
        cpu: "1"
        memory: 10Mi
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=qos --timeout=60s

kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"qos":"Guaranteed"}}}'

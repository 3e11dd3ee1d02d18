#!/bin/sh
# step: share
# check: requests
# message: wanted 34 to 38 percent of the
# Half of the node: two pods would fit, but no way of telling a third.
set -eu

# A share of a node's allocatable memory: percent NODE PERCENT
percent() {
  memory=$(kubectl get node "$1" -o jsonpath='{.status.allocatable.memory}')
  case $memory in
    *Gi) ki=$((${memory%Gi} * 1048576)) ;;
    *Mi) ki=$((${memory%Mi} * 1024)) ;;
    *Ki) ki=${memory%Ki} ;;
    *) ki=$((memory / 1024)) ;;
  esac
  echo "$((ki * $2 / 100))Ki"
}

kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      nodeSelector:
        stage: packing
      containers:
      - name: nginx
        image: nginx:1.14
        resources:
          requests:
            memory: $(percent "$NODE1" 50)
YAML

kubectl -n "$WORKSPACE" rollout status deployment web --timeout=60s

#!/bin/sh
# step: all
# check: all-new
# message: there are 15
# The old ones are updated, and the canary grows as well: more than was asked for.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

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
answer share 10
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=half --timeout=90s

kubectl -n "$WORKSPACE" scale deployment web-canary --replicas=5
kubectl -n "$WORKSPACE" rollout status deployment/web-canary --timeout=60s
# Ready pods become endpoints a moment later.
until test "$(kubectl -n "$WORKSPACE" get endpointslices -l kubernetes.io/service-name=web \
    -o jsonpath='{.items[*].endpoints[?(@.conditions.ready==true)].targetRef.name}' | wc -w)" -ge 14; do sleep 1; done
kubectl -n "$WORKSPACE" scale deployment web-stable --replicas=5
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=all --timeout=90s

kubectl -n "$WORKSPACE" scale deployment web-canary --replicas=10
kubectl -n "$WORKSPACE" rollout status deployment/web-canary --timeout=60s
kubectl -n "$WORKSPACE" set image deployment/web-stable nginx=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" rollout status deployment/web-stable --timeout=90s

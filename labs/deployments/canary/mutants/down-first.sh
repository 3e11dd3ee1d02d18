#!/bin/sh
# step: half
# check: enough
# message: The Service web had fewer than 9 ready endpoints
# The old ones go before the new ones come.
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

kubectl -n "$WORKSPACE" scale deployment web-stable --replicas=5
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[1].checks[2].reason}'=Violated --timeout=60s
kubectl -n "$WORKSPACE" scale deployment web-canary --replicas=5
kubectl -n "$WORKSPACE" rollout status deployment/web-canary --timeout=60s

#!/bin/sh
# YAML of one's own with another container name, another nginx, and the file applied again to go back.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

deployment() {
    kubectl -n "$WORKSPACE" apply -f - <<YAML
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: $1
YAML
}

# step: break-it
deployment nginx:nginx:1.7.9
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=why --timeout=60s

# step: why
answer scheduled "$(kubectl -n "$WORKSPACE" get pods -l app=web -o jsonpath='{.items[0].spec.nodeName}')"
answer who Kubelet
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

# step: repair
deployment docker.io/library/nginx:1.17.1
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-such-tag --timeout=60s

# step: no-such-tag
deployment nginx:1.7.99
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="no-such-tag")].checks[?(@.name=="not-pulled")].verdict}'=Passed
deployment nginx:1.17.1
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

#!/bin/sh
# The same in per cent, and after a first try that broke the promise and was started over.
set -eu

# step: defaults
kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"least":"8","most":"13"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=update --timeout=90s

# step: update
kubectl -n "$WORKSPACE" set image deployment/k8s-demo-deployment k8s-demo-pod=nginx:1.17.4-alpine
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[1].checks[2].reason}'=Violated --timeout=60s
kubectl -n "$LAB_NAMESPACE" annotate lab "$LAB" tutoriallab.dev/restart-step=again --overwrite
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.handled.restartStep}'=again --timeout=60s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[1].checks[2].reason}'=HoldsSoFar --timeout=90s
kubectl -n "$WORKSPACE" patch deployment k8s-demo-deployment --type=json -p '[
  {"op": "replace", "path": "/spec/strategy/rollingUpdate", "value": {"maxUnavailable": "10%", "maxSurge": "10%"}},
  {"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "nginx:1.17.4-alpine"}]'
kubectl -n "$WORKSPACE" rollout status deployment/k8s-demo-deployment --timeout=110s

#!/bin/sh
# The versions meet; the step is started over, and both are changed in one go.
set -eu

# step: update
kubectl -n "$WORKSPACE" set image deployment/ledger ledger=nginx:1.17.4-alpine
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[0].checks[2].reason}'=Violated --timeout=60s
kubectl -n "$LAB_NAMESPACE" annotate lab "$LAB" tutoriallab.dev/restart-step=again --overwrite
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.handled.restartStep}'=again --timeout=60s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[0].checks[2].reason}'=HoldsSoFar --timeout=90s
kubectl -n "$WORKSPACE" patch deployment ledger --type=json -p '[
  {"op": "replace", "path": "/spec/strategy", "value": {"type": "Recreate"}},
  {"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "nginx:1.17.4-alpine"}]'
kubectl -n "$WORKSPACE" rollout status deployment/ledger --timeout=90s

#!/bin/sh
# kubectl set env writes the references; a new Secret of the old name; and the pods are deleted by hand.
set -eu

# step: variables
kubectl -n "$WORKSPACE" set env deployment/web --from=secret/test-secret --prefix=SECRET_
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-such-key --timeout=90s

# step: no-such-key
kubectl -n "$WORKSPACE" delete pod worker --now
kubectl -n "$WORKSPACE" run worker --image=nginx:1.14 --overrides='{"apiVersion":"v1","spec":{"containers":[{"name":"worker",
  "image":"nginx:1.14","env":[{"name":"OTHER","value":"none"},
    {"name":"SECRET_USERNAME","valueFrom":{"secretKeyRef":{"name":"test-secret","key":"username"}}}]}]}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=change --timeout=90s

# step: change
kubectl -n "$WORKSPACE" create secret generic test-secret --from-literal=username=admin --from-literal=password=123456 \
    --dry-run=client -o yaml | kubectl -n "$WORKSPACE" replace -f -
kubectl -n "$WORKSPACE" delete pods -l app=web

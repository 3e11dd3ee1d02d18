#!/bin/sh
# With kubectl run and patches; in the end the first node changes its environment.
set -eu

# step: label
kubectl patch node "$NODE1" -p '{"metadata":{"labels":{"nodeenv":"pro"}}}'
kubectl patch node "$NODE2" -p '{"metadata":{"labels":{"nodeenv":"test"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pro --timeout=60s

# step: pro
to() {
  kubectl -n "$WORKSPACE" run pod-nodeselector --image=nginx:1.17.1 \
    --overrides="{\"spec\":{\"nodeSelector\":{\"nodeenv\":\"$1\"}}}"
}
to pro
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=nowhere --timeout=60s

# step: nowhere
kubectl -n "$WORKSPACE" delete pod pod-nodeselector
to xxx
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

# step: repair
kubectl label node "$NODE1" nodeenv-
kubectl label node "$NODE1" nodeenv=xxx

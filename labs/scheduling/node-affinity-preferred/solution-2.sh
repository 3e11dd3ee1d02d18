#!/bin/sh
# By kubectl run and an override; wishes and values in another order, the cordon by a patch.
set -eu

preferring() {
  kubectl -n "$WORKSPACE" run "$1" --image=nginx:1.17.1 --overrides="{\"spec\": {\"affinity\": {\"nodeAffinity\": {
    \"preferredDuringSchedulingIgnoredDuringExecution\": $2}}}}"
}

# step: unfulfilled
preferring pod-nodeaffinity-preferred '[{"weight": 1, "preference": {"matchExpressions": [
  {"key": "nodeenv", "operator": "In", "values": ["yyy", "xxx"]}]}}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=fulfilled --timeout=60s

# step: fulfilled
kubectl -n "$WORKSPACE" delete pod pod-nodeaffinity-preferred
preferring pod-nodeaffinity-preferred '[{"weight": 1, "preference": {"matchExpressions": [
  {"key": "nodeenv", "operator": "In", "values": ["yyy", "pro"]}]}}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=weights --timeout=60s

# step: weights
both='[{"weight": 100, "preference": {"matchExpressions": [{"key": "disk", "operator": "In", "values": ["ssd"]}]}},
  {"weight": 1, "preference": {"matchExpressions": [{"key": "nodeenv", "operator": "In", "values": ["pro"]}]}}]'
preferring pod-weights "$both"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=second-best --timeout=60s

# step: second-best
kubectl -n "$WORKSPACE" delete pod pod-weights
kubectl patch node "$NODE2" -p '{"spec": {"unschedulable": true}}'
preferring pod-weights "$both"

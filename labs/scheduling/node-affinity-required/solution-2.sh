#!/bin/sh
# By kubectl run and an override; values in another order, alternatives in terms of their own, a range.
set -eu

required() {
  kubectl -n "$WORKSPACE" run "$1" --image=nginx:1.17.1 --overrides="{\"spec\": {\"affinity\": {\"nodeAffinity\": {
    \"requiredDuringSchedulingIgnoredDuringExecution\": {\"nodeSelectorTerms\": $2}}}}}"
}

# step: nowhere
required pod-nodeaffinity-required '[{"matchExpressions": [
  {"key": "nodeenv", "operator": "In", "values": ["yyy", "xxx"]}]}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=matched --timeout=60s

# step: matched
kubectl -n "$WORKSPACE" delete pod pod-nodeaffinity-required
required pod-nodeaffinity-required '[{"matchExpressions": [
  {"key": "nodeenv", "operator": "In", "values": ["yyy", "pro"]}]}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=exists --timeout=60s

# step: exists
required pod-doesnotexist '[{"matchExpressions": [{"key": "nodeenv", "operator": "DoesNotExist"}]}]'
required pod-notin '[{"matchExpressions": [
  {"key": "nodeenv", "operator": "NotIn", "values": ["test"]}, {"key": "nodeenv", "operator": "Exists"}]}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=numbers --timeout=60s

# step: numbers
required pod-lt '[{"matchExpressions": [
  {"key": "disks", "operator": "Gt", "values": ["0"]}, {"key": "disks", "operator": "Lt", "values": ["4"]}]}]'
required pod-gt '[{"matchExpressions": [{"key": "disks", "operator": "Gt", "values": ["4"]}]}]'

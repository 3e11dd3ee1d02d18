#!/bin/sh
# By kubectl run and an override; values in another order, expressions for labels, the cordon afterwards.
set -eu

near() {
  kubectl -n "$WORKSPACE" run "$1" --image=nginx:1.17.1 --overrides="{\"spec\": {\"affinity\": {\"podAffinity\": {
    \"requiredDuringSchedulingIgnoredDuringExecution\": [{\"topologyKey\": \"$2\", \"labelSelector\": {
      \"matchExpressions\": [{\"key\": \"podenv\", \"operator\": \"In\", \"values\": $3}]}}]}}}}"
}

# step: nowhere
near pod-podaffinity-required kubernetes.io/hostname '["yyy", "xxx"]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=beside --timeout=60s

# step: beside
kubectl -n "$WORKSPACE" delete pod pod-podaffinity-required
near pod-podaffinity-required kubernetes.io/hostname '["yyy", "pro"]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=zone --timeout=60s

# step: zone
kubectl taint node "$NODE1" full=yes:NoSchedule
near pod-podaffinity-zone zone '["pro"]'
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-podaffinity-zone --timeout=60s
kubectl patch node "$NODE1" -p '{"spec": {"unschedulable": true}}'

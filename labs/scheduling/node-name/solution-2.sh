#!/bin/sh
# By kubectl run and an override; the pod of the missing node is deleted by hand once it has been seen.
set -eu

on() {
  kubectl -n "$WORKSPACE" run pod-nodename --image=nginx:1.17.1 \
    --overrides="{\"apiVersion\":\"v1\",\"spec\":{\"nodeName\":\"$1\"}}"
}

# step: pinned
on "$NODE1"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=nowhere --timeout=60s

# step: nowhere
kubectl -n "$WORKSPACE" delete pod pod-nodename
on node9
sleep 1
kubectl -n "$WORKSPACE" delete pod pod-nodename --force

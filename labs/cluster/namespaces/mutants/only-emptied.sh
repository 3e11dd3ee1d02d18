#!/bin/sh
# step: gone
# check: dev-gone
# message: Namespace dev exists
# All in the namespace is deleted; the namespace stays.
set -eu

kubectl create namespace dev
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=same-name --timeout=60s

until kubectl -n dev get serviceaccount default >/dev/null 2>&1; do sleep 0.2; done
kubectl -n dev run pod-base --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run pod-base --image=nginx:1.17.1
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=gone --timeout=60s

kubectl -n dev delete pods --all

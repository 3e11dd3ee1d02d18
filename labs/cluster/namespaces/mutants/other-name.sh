#!/bin/sh
# step: same-name
# check: in-dev
# message: Pod pod-base does not exist in namespace dev
# The second pod gets another name, as if names were the cluster's.
set -eu

kubectl create namespace dev
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=same-name --timeout=60s

until kubectl -n dev get serviceaccount default >/dev/null 2>&1; do sleep 0.2; done
kubectl -n "$WORKSPACE" run pod-base --image=nginx:1.17.1
kubectl -n dev run pod-base-2 --image=nginx:1.17.1

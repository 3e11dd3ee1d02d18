#!/bin/sh
# step: same-name
# check: in-workspace
# message: nginx:1.17.1
# The image without its tag: that is nginx:latest.
set -eu

kubectl create namespace dev
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=same-name --timeout=60s

until kubectl -n dev get serviceaccount default >/dev/null 2>&1; do sleep 0.2; done
kubectl -n dev run pod-base --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run pod-base --image=nginx

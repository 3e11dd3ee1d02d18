#!/bin/sh
# step: gone
# check: other-stays
# message: is another one than when this step began
# Both pods are deleted by their name; the other one is made anew.
set -eu

kubectl create namespace dev
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=same-name --timeout=60s

until kubectl -n dev get serviceaccount default >/dev/null 2>&1; do sleep 0.2; done
kubectl -n dev run pod-base --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run pod-base --image=nginx:1.17.1
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=gone --timeout=60s

kubectl -n "$WORKSPACE" delete pod pod-base --now
kubectl -n "$WORKSPACE" run pod-base --image=nginx:1.17.1
kubectl delete namespace dev

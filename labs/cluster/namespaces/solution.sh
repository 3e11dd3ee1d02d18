#!/bin/sh
# Every object with one command, the namespace each time by -n.
set -eu

# step: make
kubectl create namespace dev
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=same-name --timeout=60s

# step: same-name
until kubectl -n dev get serviceaccount default >/dev/null 2>&1; do sleep 0.2; done
kubectl -n dev run pod-base --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run pod-base --image=nginx:1.17.1
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=gone --timeout=60s

# step: gone
kubectl -n dev create configmap extra --from-literal=key=value
kubectl delete namespace dev

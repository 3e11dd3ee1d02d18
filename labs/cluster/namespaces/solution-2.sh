#!/bin/sh
# The namespace and its pod from one file; the other pod from the same lines, without a namespace in them.
set -eu

# step: make
cat >dev.yaml <<'YAML'
apiVersion: v1
kind: Namespace
metadata:
  name: dev
YAML
kubectl apply -f dev.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=same-name --timeout=60s

# step: same-name
cat >pod-base.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-base
  labels: {user: admin}
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
until kubectl -n dev get serviceaccount default >/dev/null 2>&1; do sleep 0.2; done
kubectl apply -n dev -f pod-base.yaml
kubectl apply -n "$WORKSPACE" -f pod-base.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=gone --timeout=60s

# step: gone
kubectl delete -f dev.yaml

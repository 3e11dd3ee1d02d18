#!/bin/sh
# step: repair
# check: policy
# message: The container nginx does not have the image nginx:1.17.1 and the policy IfNotPresent
# With Never it may run, too, if the node has the image; the policy was to stay.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-imagepullpolicy
spec:
  containers:
  - name: nginx
    image: nginx:1.17.99
    imagePullPolicy: Never
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=asked --timeout=60s
kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-imagepullpolicy
spec:
  containers:
  - name: nginx
    image: nginx:1.17.99
    imagePullPolicy: IfNotPresent
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=90s

kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-imagepullpolicy
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    imagePullPolicy: Never
YAML

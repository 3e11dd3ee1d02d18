#!/bin/sh
# step: repair
# check: running
# message: The container nginx is not ready
# A tag that does not exist: IfNotPresent asks for it in vain.
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

kubectl -n "$WORKSPACE" set image pod/pod-imagepullpolicy nginx=nginx:1.17.l

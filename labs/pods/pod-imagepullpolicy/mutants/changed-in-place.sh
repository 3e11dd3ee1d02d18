#!/bin/sh
# step: asked
# check: policy
# message: The container nginx does not have the image nginx:1.17.99 and the policy IfNotPresent
# The policy is to be changed in the pod that exists; the API server refuses it.
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

kubectl -n "$WORKSPACE" patch pod pod-imagepullpolicy --type=json \
  -p '[{"op":"replace","path":"/spec/containers/0/imagePullPolicy","value":"IfNotPresent"}]' || true

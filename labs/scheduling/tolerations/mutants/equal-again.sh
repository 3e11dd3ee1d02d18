#!/bin/sh
# step: exists
# check: tolerates
# message: The pod pod-exists has no toleration of the key tag with the operator Exists
# The value is named once more.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-toleration
spec:
  nodeSelector:
    stage: tolerations
  tolerations:
  - {key: tag, operator: Equal, value: test, effect: NoExecute}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=exists --timeout=60s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-exists
spec:
  nodeSelector:
    stage: tolerations
  tolerations:
  - {key: tag, operator: Equal, value: test, effect: NoExecute}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-exists --timeout=60s

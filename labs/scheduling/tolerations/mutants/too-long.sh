#!/bin/sh
# step: limited
# check: evicted
# message: The pod pod-limited is still there
# Minutes where seconds are meant.
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
  - {key: tag, operator: Exists, effect: NoExecute}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=limited --timeout=60s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-limited
spec:
  nodeSelector:
    stage: tolerations
  tolerations:
  - {key: tag, operator: Exists, effect: NoExecute, tolerationSeconds: 600}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-limited --timeout=60s

#!/bin/sh
# Other spellings: without an operator, without an effect, by the value and for a time.
set -eu

# step: equal
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-toleration
spec:
  nodeSelector:
    stage: tolerations
  tolerations:
  - {key: tag, value: test, effect: NoExecute}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=exists --timeout=60s

# step: exists
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-exists
spec:
  nodeSelector:
    stage: tolerations
  tolerations:
  - {key: tag, operator: Exists}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=limited --timeout=60s

# step: limited
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-limited
spec:
  nodeSelector:
    stage: tolerations
  tolerations:
  - {key: tag, value: test, effect: NoExecute, tolerationSeconds: 10}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$WORKSPACE" wait --for=delete pod/pod-limited --timeout=60s

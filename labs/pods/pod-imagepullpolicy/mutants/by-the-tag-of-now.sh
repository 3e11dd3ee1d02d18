#!/bin/sh
# step: defaults
# check: changed-later
# message: The default is written once, when the pod is created; try it
# As if the default were looked up anew when the image changes.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

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
kubectl -n "$WORKSPACE" set image pod/pod-imagepullpolicy nginx=nginx:1.17.1
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=defaults --timeout=60s

answer changed-later Always

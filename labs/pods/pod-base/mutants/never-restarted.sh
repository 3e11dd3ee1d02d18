#!/bin/sh
# step: repair
# check: ready
# message: Pod pod-base is not ready
# Never restarted is not repaired: busybox is completed, and the pod stays at 1/2.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-base
  labels:
    user: admin
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  - name: busybox
    image: busybox:1.30
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=why --timeout=90s

answer exit-code 0
answer reason Completed
answer waits CrashLoopBackOff
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-base
  labels:
    user: admin
spec:
  restartPolicy: Never
  containers:
  - name: nginx
    image: nginx:1.17.1
  - name: busybox
    image: busybox:1.30
YAML
kubectl -n "$WORKSPACE" wait pod/pod-base --timeout=60s \
  --for=jsonpath='{.status.containerStatuses[?(@.name=="busybox")].state.terminated.reason}'=Completed

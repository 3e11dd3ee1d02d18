#!/bin/sh
# step: leaves
# check: by-itself
# message: has not been seen to end with exit code 0, within 10 seconds of 30 of grace
# --now leaves it one second.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" run pod-pending --image=nginx:1.17.99
kubectl -n "$WORKSPACE" run pod-running --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run pod-succeeded --image=busybox:1.30 --restart=Never -- sh -c 'exit 0'
kubectl -n "$WORKSPACE" run pod-failed --image=busybox:1.30 --restart=Never -- sh -c 'exit 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=not-a-phase --timeout=90s

answer crashing Running
answer preparing Pending
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=killed --timeout=90s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-grace
spec:
  terminationGracePeriodSeconds: 5
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["sleep", "3600"]
YAML
kubectl -n "$WORKSPACE" wait pod/pod-grace --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" delete pod pod-grace
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=leaves --timeout=90s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-grace
spec:
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "trap 'exit 0' TERM; while true; do sleep 1; done"]
YAML
kubectl -n "$WORKSPACE" wait pod/pod-grace --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" delete pod pod-grace --now

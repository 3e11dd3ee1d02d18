#!/bin/sh
# The tutorial's file, looked at, and made anew with a command.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: half-ready
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

# step: why
of_busybox='.status.containerStatuses[?(@.name=="busybox")].lastState.terminated'
answer exit-code "$(kubectl -n "$WORKSPACE" get pod pod-base -o jsonpath="{$of_busybox.exitCode}")"
answer reason "$(kubectl -n "$WORKSPACE" get pod pod-base -o jsonpath="{$of_busybox.reason}")"
answer waits CrashLoopBackOff
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

# step: repair
kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
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
    command: ["sleep", "3600"]
YAML

#!/bin/sh
# By kubectl run and overrides; busybox is kept alive by args, and has a terminal.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}
run() {
    kubectl -n "$WORKSPACE" run pod-base --image=nginx:1.17.1 --labels=user=admin --overrides="{\"apiVersion\":\"v1\",
      \"spec\":{\"containers\":[{\"name\":\"busybox\",\"image\":\"docker.io/library/busybox:1.30\"$1},
      {\"name\":\"nginx\",\"image\":\"nginx:1.17.1\"}]}}"
}

# step: half-ready
run ''
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=why --timeout=90s

# step: why
answer exit-code ' 0。'
answer reason completed
answer waits '`crashLoopBackoff`'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

# step: repair
kubectl -n "$WORKSPACE" delete pod pod-base --now
run ',"stdin":true,"tty":true'

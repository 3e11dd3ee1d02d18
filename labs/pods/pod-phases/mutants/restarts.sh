#!/bin/sh
# step: four
# check: failed
# message: Pod pod-failed: status.phase is Running, wanted Failed
# Without --restart=Never it fails again and again, and never for good.
set -eu

kubectl -n "$WORKSPACE" run pod-pending --image=nginx:1.17.99
kubectl -n "$WORKSPACE" run pod-running --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run pod-succeeded --image=busybox:1.30 --restart=Never -- sh -c 'exit 0'
kubectl -n "$WORKSPACE" run pod-failed --image=busybox:1.30 -- sh -c 'exit 1'
kubectl -n "$WORKSPACE" wait pod/pod-failed --timeout=60s \
  --for=jsonpath='{.status.containerStatuses[0].state.waiting.reason}'=CrashLoopBackOff

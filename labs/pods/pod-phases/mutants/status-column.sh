#!/bin/sh
# step: not-a-phase
# check: crashing
# message: `CrashLoopBackOff` is not in status.phase of pod-crashing
# What kubectl shows in STATUS is taken for the phase.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" run pod-pending --image=nginx:1.17.99
kubectl -n "$WORKSPACE" run pod-running --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run pod-succeeded --image=busybox:1.30 --restart=Never -- sh -c 'exit 0'
kubectl -n "$WORKSPACE" run pod-failed --image=busybox:1.30 --restart=Never -- sh -c 'exit 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=not-a-phase --timeout=90s

answer preparing Pending
answer crashing CrashLoopBackOff

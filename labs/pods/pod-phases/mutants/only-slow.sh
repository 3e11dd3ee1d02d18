#!/bin/sh
# step: four
# check: pending
# message: Pod pod-pending: status.phase is Running, wanted Pending
# An image that exists is there in a moment.
set -eu

kubectl -n "$WORKSPACE" run pod-pending --image=nginx:1.19
kubectl -n "$WORKSPACE" run pod-running --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run pod-succeeded --image=busybox:1.30 --restart=Never -- sh -c 'exit 0'
kubectl -n "$WORKSPACE" run pod-failed --image=busybox:1.30 --restart=Never -- sh -c 'exit 1'
kubectl -n "$WORKSPACE" wait pod/pod-pending --for=condition=Ready --timeout=60s

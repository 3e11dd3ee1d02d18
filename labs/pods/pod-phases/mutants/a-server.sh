#!/bin/sh
# step: four
# check: succeeded
# message: Pod pod-succeeded: status.phase is Running, wanted Succeeded
# A server that runs well has not succeeded: it has not ended.
set -eu

kubectl -n "$WORKSPACE" run pod-pending --image=nginx:1.17.99
kubectl -n "$WORKSPACE" run pod-running --image=nginx:1.17.1
kubectl -n "$WORKSPACE" run pod-succeeded --image=nginx:1.17.1 --restart=Never
kubectl -n "$WORKSPACE" run pod-failed --image=busybox:1.30 --restart=Never -- sh -c 'exit 1'
kubectl -n "$WORKSPACE" wait pod/pod-succeeded --for=condition=Ready --timeout=60s

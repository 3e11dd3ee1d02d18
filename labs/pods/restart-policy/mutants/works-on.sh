#!/bin/sh
# step: fails
# check: never
# message: status.phase is Running, wanted Failed
# The container does not end at all.
set -eu

kubectl -n "$WORKSPACE" run pod-never --image=busybox:1.30 --restart=Never -- sh -c "sleep 3600"

#!/bin/sh
# step: fails
# check: never
# message: status.phase is Succeeded, wanted Failed
# The last command decides, and echo has never failed.
set -eu

kubectl -n "$WORKSPACE" run pod-never --image=busybox:1.30 --restart=Never -- sh -c "cat /no/such/file; echo done"

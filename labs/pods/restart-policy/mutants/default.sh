#!/bin/sh
# step: fails
# check: onfailure
# message: spec.restartPolicy is Always, wanted OnFailure
# kubectl run without --restart: the default stands in the pod.
set -eu

kubectl -n "$WORKSPACE" run pod-onfailure --image=busybox:1.30 -- sh -c "sleep 2; exit 1"

#!/bin/sh
# step: unfulfilled
# check: wishes
# message: spec.affinity
# By nodeSelector, which is no wish.
set -eu

kubectl -n "$WORKSPACE" run pod-nodeaffinity-preferred --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"nodeenv": "xxx"}}}'

#!/bin/sh
# step: pinned
# check: there
# message: Pod pod-nodename: spec.nodeName is
# The scheduler chooses, and it never chooses the tainted node.
set -eu

kubectl -n "$WORKSPACE" run pod-nodename --image=nginx:1.17.1
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-nodename --timeout=60s

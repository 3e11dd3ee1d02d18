#!/bin/sh
# step: update
# check: updated
# message: nginx:1.17.1
# The strategy is changed and all pods are started anew, with the old version.
set -eu

kubectl -n "$WORKSPACE" patch deployment ledger -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'
kubectl -n "$WORKSPACE" rollout restart deployment ledger

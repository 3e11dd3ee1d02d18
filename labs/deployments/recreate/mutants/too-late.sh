#!/bin/sh
# step: update
# check: never-both
# message: Pods of two versions ran side by side
# The strategy is changed while the rolling update is under way.
set -eu

kubectl -n "$WORKSPACE" set image deployment/ledger ledger=nginx:1.17.4-alpine
sleep 1
kubectl -n "$WORKSPACE" patch deployment ledger -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'

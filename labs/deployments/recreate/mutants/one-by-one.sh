#!/bin/sh
# step: update
# check: never-both
# message: Start the step over
# No surge: one old pod goes before a new one comes, and the other two still run.
set -eu

kubectl -n "$WORKSPACE" patch deployment ledger -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}'
kubectl -n "$WORKSPACE" set image deployment/ledger ledger=nginx:1.17.4-alpine

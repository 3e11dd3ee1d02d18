#!/bin/sh
# step: update
# check: strategy
# message: strategy.type is RollingUpdate, wanted Recreate
# All pods are scaled away before the update: once, and the next update rolls again.
set -eu

kubectl -n "$WORKSPACE" scale deployment ledger --replicas=0
kubectl -n "$WORKSPACE" wait pods -l app=ledger --for=delete --timeout=60s
kubectl -n "$WORKSPACE" set image deployment/ledger ledger=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" scale deployment ledger --replicas=3

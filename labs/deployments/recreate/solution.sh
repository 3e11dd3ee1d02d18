#!/bin/sh
# The strategy first, then the version.
set -eu

# step: update
kubectl -n "$WORKSPACE" patch deployment ledger -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'
kubectl -n "$WORKSPACE" set image deployment/ledger ledger=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" rollout status deployment/ledger --timeout=90s

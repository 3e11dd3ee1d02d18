#!/bin/sh
# step: update
# check: never-both
# message: Pods of two versions ran side by side
# The image is changed, and the default strategy rolls.
set -eu

kubectl -n "$WORKSPACE" set image deployment/ledger ledger=nginx:1.17.4-alpine

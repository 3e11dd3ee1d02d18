#!/bin/sh
# step: create
# check: redis
# message: Deployment redis does not exist
# Only the first file.
set -eu

kubectl -n "$WORKSPACE" create -f nginx.yaml

#!/bin/sh
# step: create
# check: by-create
# message: An annotation says that kubectl apply was there
# Applied instead of created.
set -eu

kubectl -n "$WORKSPACE" apply -f nginx.yaml -f redis.yaml

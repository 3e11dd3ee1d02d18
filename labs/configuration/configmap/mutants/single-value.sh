#!/bin/sh
# step: make
# check: one-key
# message: data["redis.properties"]
# One value of the file instead of the file.
set -eu

kubectl -n "$WORKSPACE" create configmap redis-config --from-literal=redis.port=6379

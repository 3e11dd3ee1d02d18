#!/bin/sh
# step: make
# check: one-key
# message: data["redis.properties"]
# --from-env-file makes a key of each line.
set -eu

cat >redis.properties <<'TEXT'
redis.host=127.0.0.1
redis.port=6379
redis.password=123456
TEXT
kubectl -n "$WORKSPACE" create configmap redis-config --from-env-file=redis.properties

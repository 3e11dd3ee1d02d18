#!/bin/sh
# step: make
# check: one-key
# message: data["redis.properties"]
# The file gets another name as a key.
set -eu

cat >redis.properties <<'TEXT'
redis.host=127.0.0.1
redis.port=6379
redis.password=123456
TEXT
kubectl -n "$WORKSPACE" create configmap redis-config --from-file=config=redis.properties

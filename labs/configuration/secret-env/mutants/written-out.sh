#!/bin/sh
# step: variables
# check: references
# message: does not have both variables by secretKeyRef from test-secret
# The values stand in the Deployment for all to read.
set -eu

kubectl -n "$WORKSPACE" set env deployment/web SECRET_USERNAME=root SECRET_PASSWORD=123456
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

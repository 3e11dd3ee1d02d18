#!/bin/sh
# step: pod
# check: by-itself
# message: or the Deployment was changed in this step
# New pods by rollout restart: the Deployment was told to make them.
set -eu

kubectl -n "$WORKSPACE" rollout restart deployment/tomcat6
kubectl -n "$WORKSPACE" rollout status deployment/tomcat6 --timeout=60s

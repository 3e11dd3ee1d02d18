#!/bin/sh
# step: pod
# check: by-itself
# message: or the Deployment was changed in this step
# A pod too few, a pod more: by hand, the Deployment heals nothing.
set -eu

kubectl -n "$WORKSPACE" scale deployment tomcat6 --replicas=1
kubectl -n "$WORKSPACE" rollout status deployment/tomcat6 --timeout=60s
kubectl -n "$WORKSPACE" scale deployment tomcat6 --replicas=2
kubectl -n "$WORKSPACE" rollout status deployment/tomcat6 --timeout=60s

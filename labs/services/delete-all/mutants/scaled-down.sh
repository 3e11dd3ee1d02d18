#!/bin/sh
# step: deployment
# check: gone
# message: Deployment tomcat6
# No pods are left, but the Deployment is.
set -eu

kubectl -n "$WORKSPACE" scale deployment tomcat6 --replicas=0

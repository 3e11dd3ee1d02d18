#!/bin/sh
# step: scale
# check: replicas
# message: Deployment web: spec.replicas is 1, wanted 3
# Three replicas there are, but of a second Deployment.
set -eu

kubectl -n "$WORKSPACE" create deployment web-3 --image=nginx:1.17.1 --replicas=3

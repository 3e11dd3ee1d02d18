#!/bin/sh
# step: deployment
# check: gone
# message: ReplicaSet
# The Deployment goes alone: what it made stays, and belongs to nobody.
set -eu

kubectl -n "$WORKSPACE" delete deployment tomcat6 --cascade=orphan

#!/bin/sh
# step: four
# check: replicas
# message: Deployment nginx-deployment: spec.replicas is 1, wanted 4
# The ReplicaSet is scaled; its Deployment sets it back at once.
set -eu

kubectl -n "$WORKSPACE" scale replicaset -l app=nginx --replicas=4

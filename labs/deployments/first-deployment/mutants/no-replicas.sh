#!/bin/sh
# step: create
# check: available
# message: status.availableReplicas is 0
# Everything is right but the number: a Deployment of none is "Available", too.
set -eu

kubectl -n "$WORKSPACE" create deployment nginx-deployment --image=nginx:1.7.9 --replicas=0

#!/bin/sh
# step: create
# check: available
# message: Deployment nginx-deployment does not exist in namespace
# kubectl run has long made a Deployment; for years now it makes a pod alone.
set -eu

kubectl -n "$WORKSPACE" run nginx-deployment --image=nginx:1.7.9 --labels=app=nginx

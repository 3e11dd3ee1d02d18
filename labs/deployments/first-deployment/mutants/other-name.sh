#!/bin/sh
# step: create
# check: image
# message: Deployment nginx-deployment does not exist in namespace
# The Deployment has the application's name, not the one that was asked for.
set -eu

kubectl -n "$WORKSPACE" create deployment nginx --image=nginx:1.7.9

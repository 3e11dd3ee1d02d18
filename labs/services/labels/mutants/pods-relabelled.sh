#!/bin/sh
# step: repair
# check: endpoints
# message: is a ready endpoint of nginx-service, whose selector asks for app=ngnix
# The pods get the mistyped label: they leave the Deployment, which makes others that the Service does not reach.
set -eu

kubectl -n "$WORKSPACE" label pods -l app=nginx app=ngnix --overwrite

#!/bin/sh
# step: repair
# check: endpoints
# message: is a ready endpoint of nginx-service, whose selector asks for app=nginx-deployment
# The selector gets the Deployment's name, not its pods' label.
set -eu

kubectl -n "$WORKSPACE" set selector service nginx-service app=nginx-deployment

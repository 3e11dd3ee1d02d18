#!/bin/sh
# step: repair
# check: endpoints
# message: is a ready endpoint of nginx-service, whose selector asks for app=ngnix
# The Service's own label is changed, not its selector.
set -eu

kubectl -n "$WORKSPACE" label service nginx-service app=nginx-service --overwrite

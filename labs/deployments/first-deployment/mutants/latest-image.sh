#!/bin/sh
# step: create
# check: image
# message: uses the image nginx, wanted nginx:1.7.9
# No tag means latest.
set -eu

kubectl -n "$WORKSPACE" create deployment nginx-deployment --image=nginx

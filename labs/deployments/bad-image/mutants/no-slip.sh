#!/bin/sh
# step: break-it
# check: image
# message: spec.template.spec.containers[0].image is nginx:1.7.9, wanted nginx:nginx:1.7.9
# Typed right from the start: there is nothing to see.
set -eu

kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.7.9

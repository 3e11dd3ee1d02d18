#!/bin/sh
# step: install
# check: deployment
# message: meta.helm.sh/release-name
# What helm template prints is applied by kubectl: the objects are there, and no release.
set -eu

helm template web ./web -n "$WORKSPACE" | kubectl -n "$WORKSPACE" apply -f -

#!/bin/sh
# step: deployment
# check: web-stays
# message: Deployment web does not exist
# All of all: what belongs to others goes, too.
set -eu

kubectl -n "$WORKSPACE" delete all --all

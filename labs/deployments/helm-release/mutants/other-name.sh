#!/bin/sh
# step: install
# check: deployment
# message: Deployment web does not exist
# Helm chooses the name.
set -eu

helm install ./web -n "$WORKSPACE" --generate-name

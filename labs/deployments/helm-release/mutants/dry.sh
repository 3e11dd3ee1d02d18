#!/bin/sh
# step: install
# check: release
# message: Helm keeps no release web that is deployed
# A dry run installs nothing.
set -eu

helm install web ./web -n "$WORKSPACE" --dry-run=server

#!/bin/sh
# step: generate
# check: replicas
# message: Deployment web does not exist
# All right, and still only a dry run.
set -eu

kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.14 --replicas=3 --port=80 --dry-run=client -o yaml >my1.yml
kubectl -n "$WORKSPACE" apply -f my1.yml --dry-run=server

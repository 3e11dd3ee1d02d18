#!/bin/sh
# step: generate
# check: replicas
# message: spec.replicas is 1, wanted 3
# The generated file is applied as it is.
set -eu

kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.14 --dry-run=client -o yaml >my1.yml
kubectl -n "$WORKSPACE" apply -f my1.yml

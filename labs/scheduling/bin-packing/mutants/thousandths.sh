#!/bin/sh
# step: share
# check: requests
# message: The youngest pod of web requests 3m, wanted 34 to 38 percent of the
# 3m is no three megabytes but three thousandths of a byte.
set -eu

kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.14
kubectl -n "$WORKSPACE" set resources deployment web --requests=memory=3m

#!/bin/sh
# step: share
# check: requests
# message: The youngest pod of web requests no memory, wanted 34 to 38 percent of the
# A pod that requests nothing fits everywhere.
set -eu

kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.14
kubectl -n "$WORKSPACE" patch deployment web -p '{"spec": {"template": {"spec": {"nodeSelector": {"stage": "packing"}}}}}'
kubectl -n "$WORKSPACE" rollout status deployment web --timeout=60s

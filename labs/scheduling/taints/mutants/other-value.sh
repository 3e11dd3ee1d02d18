#!/bin/sh
# step: prefer
# check: tainted
# message: The node has no taint tag=test:PreferNoSchedule
# The key, without its value.
set -eu

kubectl taint node "$NODE1" tag:PreferNoSchedule
kubectl -n "$WORKSPACE" run taint1 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'

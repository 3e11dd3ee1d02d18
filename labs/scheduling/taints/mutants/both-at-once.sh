#!/bin/sh
# step: no-schedule
# check: tainted
# message: The node has not the one taint tag=test:NoSchedule
# The milder taint stays beside the new one.
set -eu

kubectl taint node "$NODE1" tag=test:PreferNoSchedule
kubectl -n "$WORKSPACE" run taint1 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-schedule --timeout=60s

kubectl taint node "$NODE1" tag=test:NoSchedule
kubectl -n "$WORKSPACE" run taint2 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$WORKSPACE" wait --for=jsonpath='{.status.conditions[?(@.type=="PodScheduled")].reason}'=Unschedulable pod/taint2 --timeout=60s

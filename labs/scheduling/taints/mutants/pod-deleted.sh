#!/bin/sh
# step: no-execute
# check: tainted
# message: The node has not the one taint tag=test:NoExecute
# The pod is deleted by hand, the taint stays as it is.
set -eu

kubectl taint node "$NODE1" tag=test:PreferNoSchedule
kubectl -n "$WORKSPACE" run taint1 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-schedule --timeout=60s

kubectl taint node "$NODE1" tag:PreferNoSchedule-
kubectl taint node "$NODE1" tag=test:NoSchedule
kubectl -n "$WORKSPACE" run taint2 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-execute --timeout=60s

kubectl -n "$WORKSPACE" delete pod taint1
kubectl -n "$WORKSPACE" run taint3 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$WORKSPACE" wait --for=jsonpath='{.status.conditions[?(@.type=="PodScheduled")].reason}'=Unschedulable pod/taint3 --timeout=60s

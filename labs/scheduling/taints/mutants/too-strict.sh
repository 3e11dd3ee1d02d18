#!/bin/sh
# step: prefer
# check: runs
# message: Pod taint1
# NoSchedule at once: the pod has nowhere to go.
set -eu

kubectl taint node "$NODE1" tag=test:NoSchedule
kubectl -n "$WORKSPACE" run taint1 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$WORKSPACE" wait --for=jsonpath='{.status.conditions[?(@.type=="PodScheduled")].reason}'=Unschedulable pod/taint1 --timeout=60s

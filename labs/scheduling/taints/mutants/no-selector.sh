#!/bin/sh
# step: no-schedule
# check: waits
# message: The scheduler has not refused the pod taint2
# Without the selector the pod goes to another node.
set -eu

kubectl taint node "$NODE1" tag=test:PreferNoSchedule
kubectl -n "$WORKSPACE" run taint1 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-schedule --timeout=60s

kubectl taint node "$NODE1" tag:PreferNoSchedule-
kubectl taint node "$NODE1" tag=test:NoSchedule
kubectl -n "$WORKSPACE" run taint2 --image=nginx:1.17.1
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/taint2 --timeout=60s

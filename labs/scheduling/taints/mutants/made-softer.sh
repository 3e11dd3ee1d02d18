#!/bin/sh
# step: untaint
# check: clean
# message: The node still has the taint tag
# The taint is only made milder, and the pod runs.
set -eu

kubectl taint node "$NODE1" tag=test:PreferNoSchedule
kubectl -n "$WORKSPACE" run taint1 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-schedule --timeout=60s

kubectl taint node "$NODE1" tag:PreferNoSchedule-
kubectl taint node "$NODE1" tag=test:NoSchedule
kubectl -n "$WORKSPACE" run taint2 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-execute --timeout=60s

kubectl taint node "$NODE1" tag=test:NoExecute
kubectl taint node "$NODE1" tag:NoSchedule-
kubectl -n "$WORKSPACE" run taint3 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=untaint --timeout=60s

kubectl taint node "$NODE1" tag=test:PreferNoSchedule
kubectl taint node "$NODE1" tag:NoExecute-

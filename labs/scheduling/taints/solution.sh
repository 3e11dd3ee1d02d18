#!/bin/sh
# One taint after the other, a pod after each.
set -eu

# step: prefer
kubectl taint node "$NODE1" tag=test:PreferNoSchedule
kubectl -n "$WORKSPACE" run taint1 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-schedule --timeout=60s

# step: no-schedule
kubectl taint node "$NODE1" tag:PreferNoSchedule-
kubectl taint node "$NODE1" tag=test:NoSchedule
kubectl -n "$WORKSPACE" run taint2 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-execute --timeout=60s

# step: no-execute
kubectl taint node "$NODE1" tag=test:NoExecute
kubectl taint node "$NODE1" tag:NoSchedule-
kubectl -n "$WORKSPACE" run taint3 --image=nginx:1.17.1 --overrides='{"spec": {"nodeSelector": {"stage": "taints"}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=untaint --timeout=60s

# step: untaint
kubectl taint node "$NODE1" tag-

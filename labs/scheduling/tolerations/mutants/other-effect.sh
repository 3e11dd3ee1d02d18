#!/bin/sh
# step: equal
# check: tolerates
# message: The pod pod-toleration has no toleration Equal of tag=test:NoExecute
# The effect must be the taint's.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-toleration
spec:
  nodeSelector:
    stage: tolerations
  tolerations:
  - {key: tag, operator: Equal, value: test, effect: NoSchedule}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$WORKSPACE" wait --for=jsonpath='{.status.conditions[?(@.type=="PodScheduled")].reason}'=Unschedulable pod/pod-toleration --timeout=60s

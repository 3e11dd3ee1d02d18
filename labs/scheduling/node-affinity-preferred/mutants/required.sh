#!/bin/sh
# step: unfulfilled
# check: wishes
# message: has no preference of weight 1 that says nodeenv In xxx, yyy
# A condition instead of a wish: the pod waits for ever.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-nodeaffinity-preferred
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
        - matchExpressions:
          - {key: nodeenv, operator: In, values: [xxx, yyy]}
YAML

kubectl -n "$WORKSPACE" wait --for=jsonpath='{.status.conditions[?(@.type=="PodScheduled")].reason}'=Unschedulable pod/pod-nodeaffinity-preferred --timeout=60s

#!/bin/sh
# step: nowhere
# check: unschedulable
# message: The scheduler has not refused the pod pod-nodeaffinity-required
# A second term is an alternative: the pod finds a node.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-nodeaffinity-required
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
        - matchExpressions:
          - {key: nodeenv, operator: Exists}
YAML

kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-nodeaffinity-required --timeout=60s

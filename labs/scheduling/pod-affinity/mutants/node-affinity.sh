#!/bin/sh
# step: nowhere
# check: asks
# message: spec.affinity.podAffinity
# Among the nodes' labels instead of the pods': no node has podenv.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-podaffinity-required
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
        - matchExpressions:
          - {key: podenv, operator: In, values: [xxx, yyy]}
YAML

kubectl -n "$WORKSPACE" wait --for=jsonpath='{.status.conditions[?(@.type=="PodScheduled")].reason}'=Unschedulable pod/pod-podaffinity-required --timeout=60s

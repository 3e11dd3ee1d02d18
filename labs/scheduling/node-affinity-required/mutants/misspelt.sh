#!/bin/sh
# step: nowhere
# check: asks
# message: does not say nodeenv In xxx, yyy
# As the tutorial spells it, past kubectl's validation: the pod waits, but for another reason.
set -eu

kubectl -n "$WORKSPACE" create --validate=false -f - <<'YAML'
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
        - matchexpressions:
          - {key: nodeenv, operator: In, values: [xxx, yyy]}
YAML

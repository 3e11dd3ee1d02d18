#!/bin/sh
# step: equal
# check: tainted
# message: The node has no taint tag=test:NoExecute any more
# The taint goes instead of being tolerated.
set -eu

kubectl taint node "$NODE1" tag-
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-toleration
spec:
  nodeSelector:
    stage: tolerations
  tolerations:
  - {key: tag, operator: Equal, value: test, effect: NoExecute}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML

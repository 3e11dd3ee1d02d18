#!/bin/sh
# step: equal
# check: there
# message: Pod pod-toleration: spec.nodeName is
# A toleration without a selector: pushed away from the node, the pod runs elsewhere.
set -eu

kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: pod-toleration
spec:
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
        - matchExpressions:
          - {key: kubernetes.io/hostname, operator: NotIn, values: [$NODE1]}
  tolerations:
  - {key: tag, operator: Equal, value: test, effect: NoExecute}
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-toleration --timeout=60s

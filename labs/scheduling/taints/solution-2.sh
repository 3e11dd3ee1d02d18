#!/bin/sh
# The list of taints is written as a whole; pods from a file; the last taint is taken off by its effect.
set -eu

taints() {
  kubectl patch node "$NODE1" --type=merge -p "{\"spec\":{\"taints\":[{\"key\":\"tag\",\"value\":\"test\",\"effect\":\"$1\"}]}}"
}

pod() {
  kubectl -n "$WORKSPACE" apply -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: $1
spec:
  nodeSelector:
    stage: taints
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML
}

# step: prefer
pod taint1
taints PreferNoSchedule
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-schedule --timeout=60s

# step: no-schedule
taints NoSchedule
pod taint2
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-execute --timeout=60s

# step: no-execute
taints NoExecute
pod taint3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=untaint --timeout=60s

# step: untaint
kubectl taint node "$NODE1" tag:NoExecute-

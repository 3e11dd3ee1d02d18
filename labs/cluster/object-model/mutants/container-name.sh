#!/bin/sh
# step: write
# check: container
# message: spec.containers[0].name is demo, wanted k8s-demo
# The container has a name of its own, apart from the pod's.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer restart-policy Always
answer grace-period 30
answer containers-type "[]Container"
answer required-field name
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=write --timeout=60s

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: k8s-demo
  labels: {app: k8s}
spec:
  containers:
  - name: demo
    image: k8s-demo:0.1
    ports: [{containerPort: 80}]
YAML

#!/bin/sh
# step: reached
# check: pod-ip
# message: is not the address of the pod pod-ports
# The node's address instead of the pod's.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-ports
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    ports:
    - name: nginx-port
      containerPort: 80
      protocol: TCP
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=reached --timeout=90s

answer pod-ip "$(kubectl -n "$WORKSPACE" get pod pod-ports -o jsonpath='{.status.hostIP}')"

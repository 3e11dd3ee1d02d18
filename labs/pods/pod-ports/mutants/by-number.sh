#!/bin/sh
# step: by-name
# check: service
# message: The Service pod-ports has no port 8080 with the targetPort nginx-port
# The Service works, by the number.
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
answer pod-ip "$(kubectl -n "$WORKSPACE" get pod pod-ports -o jsonpath='{.status.podIP}')"
answer title 'Welcome to nginx!'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=by-name --timeout=60s

kubectl -n "$WORKSPACE" label pod pod-ports app=pod-ports
kubectl -n "$WORKSPACE" expose pod pod-ports --port=8080 --target-port=80

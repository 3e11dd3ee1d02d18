#!/bin/sh
# The tutorial's file; the page through a forwarded port; the Service by kubectl expose.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: named
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

# step: reached
kubectl -n "$WORKSPACE" port-forward pod/pod-ports :80 > forward.log &
forward=$!
trap 'kill $forward' EXIT
until port=$(sed -n 's/^Forwarding from 127.0.0.1:\([0-9]*\) .*/\1/p' forward.log) && [ "$port" ]; do sleep 0.2; done
title=$(curl -s "http://localhost:$port" | sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p')
answer pod-ip "$(kubectl -n "$WORKSPACE" get pod pod-ports -o jsonpath='{.status.podIP}')"
answer title "$title"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=by-name --timeout=60s

# step: by-name
kubectl -n "$WORKSPACE" label pod pod-ports app=pod-ports
kubectl -n "$WORKSPACE" expose pod pod-ports --port=8080 --target-port=nginx-port

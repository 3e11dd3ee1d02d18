#!/bin/sh
# step: tcp
# check: three
# message: Not all three pods are ready endpoints of the Service readiness
# Made anew with a good probe, but without its label.
set -eu

# pod NAME PROBE: its probe in YAML, on one line
pod() {
    kubectl -n "$WORKSPACE" replace --force -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: $1
  labels:
    app: $3
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    ports:
    - name: nginx-port
      containerPort: 80
    readinessProbe: {$2, periodSeconds: 2, failureThreshold: 1}
YAML
}

pod pod-readiness-exec 'exec: {command: [/bin/cat, /tmp/hello.txt]}' readiness
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="exec")].checks[?(@.name=="not-ready")].verdict}'=Passed
kubectl -n "$WORKSPACE" exec pod-readiness-exec -- touch /tmp/hello.txt
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=out-and-in --timeout=60s

kubectl -n "$WORKSPACE" exec pod-readiness-exec -- rm /tmp/hello.txt
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="out-and-in")].checks[?(@.name=="left")].verdict}'=Passed
kubectl -n "$WORKSPACE" exec pod-readiness-exec -- touch /tmp/hello.txt
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=http --timeout=60s

pod pod-readiness-httpget 'httpGet: {scheme: HTTP, port: 80, path: /hello}' readiness
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="http")].checks[?(@.name=="not-ready")].verdict}'=Passed
kubectl -n "$WORKSPACE" exec pod-readiness-httpget -- sh -c 'echo hello > /usr/share/nginx/html/hello'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=tcp --timeout=60s

pod pod-readiness-tcpsocket 'tcpSocket: {port: 80}' pod-readiness-tcpsocket

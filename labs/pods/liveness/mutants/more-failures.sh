#!/bin/sh
# step: slow-start
# check: probe
# message: wanted at most 3
# Patience for good: a server that has died would be noticed as late.
set -eu

# pod NAME PROBE: its probe in YAML, on one line
pod() {
    kubectl -n "$WORKSPACE" replace --force -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: $1
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    ports:
    - name: nginx-port
      containerPort: 80
    livenessProbe: {$2, periodSeconds: 1, failureThreshold: 2}
YAML
}

pod pod-liveness-exec 'exec: {command: [/bin/cat, /tmp/hello.txt]}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="exec")].checks[?(@.name=="restarts")].verdict}'=Passed
pod pod-liveness-exec 'exec: {command: [/bin/ls, /tmp/]}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=tcp --timeout=60s

pod pod-liveness-tcpsocket 'tcpSocket: {port: 8080}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="tcp")].checks[?(@.name=="restarts")].verdict}'=Passed
pod pod-liveness-tcpsocket 'tcpSocket: {port: 80}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=http --timeout=60s

pod pod-liveness-httpget 'httpGet: {scheme: HTTP, port: 80, path: /hello}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="http")].checks[?(@.name=="restarts")].verdict}'=Passed
pod pod-liveness-httpget 'httpGet: {scheme: HTTP, port: 80, path: /}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=slow-start --timeout=60s

kubectl -n "$WORKSPACE" patch deployment slow-web --type=json -p \
    '[{"op":"replace","path":"/spec/template/spec/containers/0/livenessProbe/failureThreshold","value":20}]'

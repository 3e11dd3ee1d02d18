#!/bin/sh
# step: tcp
# check: restarts
# message: No container of pod-liveness-tcpsocket that has a tcpSocket liveness probe was restarted yet
# The port that nginx does listen at: there is nothing to see.
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

pod pod-liveness-tcpsocket 'tcpSocket: {port: 80}'

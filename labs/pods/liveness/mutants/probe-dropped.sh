#!/bin/sh
# step: exec
# check: repaired
# message: spec.containers[0].livenessProbe.exec.command is not set
# Repaired by taking the probe out.
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
kubectl -n "$WORKSPACE" delete pod pod-liveness-exec
kubectl -n "$WORKSPACE" run pod-liveness-exec --image=nginx:1.17.1

#!/bin/sh
# step: exec
# check: ready
# message: spec.containers[0].readinessProbe
# The other probe: the pod is ready at once, and is restarted again and again.
set -eu

# pod NAME PROBE: its probe in YAML, on one line
pod() {
    kubectl -n "$WORKSPACE" replace --force -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: $1
  labels:
    app: readiness
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    ports:
    - name: nginx-port
      containerPort: 80
    livenessProbe: {$2, periodSeconds: 2, failureThreshold: 1}
YAML
}

pod pod-readiness-exec 'exec: {command: [/bin/cat, /tmp/hello.txt]}'

#!/bin/sh
# step: exec
# check: not-ready
# message: in the endpoints of the Service readiness
# Without the label the Service does not know the pod, ready or not.
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
    readinessProbe: {$2, periodSeconds: 2, failureThreshold: 1}
YAML
}

pod pod-readiness-exec 'exec: {command: [/bin/cat, /tmp/hello.txt]}'
kubectl -n "$WORKSPACE" wait pod/pod-readiness-exec --for=jsonpath='{.status.phase}'=Running --timeout=60s

#!/bin/sh
# step: out-and-in
# check: back
# message: are not both in service
# Out of service by deletion, and a new pod in its place.
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
    readinessProbe: {$2, periodSeconds: 2, failureThreshold: 1}
YAML
}

pod pod-readiness-exec 'exec: {command: [/bin/cat, /tmp/hello.txt]}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="exec")].checks[?(@.name=="not-ready")].verdict}'=Passed
kubectl -n "$WORKSPACE" exec pod-readiness-exec -- touch /tmp/hello.txt
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=out-and-in --timeout=60s

pod pod-readiness-exec 'exec: {command: [/bin/ls, /tmp]}'
kubectl -n "$WORKSPACE" wait pod/pod-readiness-exec --for=condition=Ready --timeout=60s

#!/bin/sh
# step: tcp
# check: tcpsocket
# message: spec.containers[0].readinessProbe
# Made anew without a probe: ready at once, whatever nginx does.
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

kubectl -n "$WORKSPACE" exec pod-readiness-exec -- rm /tmp/hello.txt
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="out-and-in")].checks[?(@.name=="left")].verdict}'=Passed
kubectl -n "$WORKSPACE" exec pod-readiness-exec -- touch /tmp/hello.txt
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=http --timeout=60s

pod pod-readiness-httpget 'httpGet: {scheme: HTTP, port: 80, path: /hello}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="http")].checks[?(@.name=="not-ready")].verdict}'=Passed
kubectl -n "$WORKSPACE" exec pod-readiness-httpget -- sh -c 'echo hello > /usr/share/nginx/html/hello'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=tcp --timeout=60s

kubectl -n "$WORKSPACE" delete pod pod-readiness-tcpsocket --now
kubectl -n "$WORKSPACE" run pod-readiness-tcpsocket --image=nginx:1.17.1 --labels=app=readiness

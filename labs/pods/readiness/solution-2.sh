#!/bin/sh
# Another command for the same file, a port by its name, and for the third pod an nginx that listens where it is probed.
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

# step: exec
pod pod-readiness-exec 'exec: {command: [test, -e, /tmp/ready]}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="exec")].checks[?(@.name=="not-ready")].verdict}'=Passed
kubectl -n "$WORKSPACE" exec pod-readiness-exec -- sh -c 'echo > /tmp/ready'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=out-and-in --timeout=60s

# step: out-and-in
kubectl -n "$WORKSPACE" exec pod-readiness-exec -- mv /tmp/ready /tmp/not-ready
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="out-and-in")].checks[?(@.name=="left")].verdict}'=Passed
kubectl -n "$WORKSPACE" exec pod-readiness-exec -- mv /tmp/not-ready /tmp/ready
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=http --timeout=60s

# step: http
pod pod-readiness-httpget 'httpGet: {port: nginx-port, path: /hello}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="http")].checks[?(@.name=="not-ready")].verdict}'=Passed
kubectl -n "$WORKSPACE" exec pod-readiness-httpget -- cp /usr/share/nginx/html/index.html /usr/share/nginx/html/hello
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=tcp --timeout=60s

# step: tcp
kubectl -n "$WORKSPACE" delete pod pod-readiness-tcpsocket --now
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-readiness-tcpsocket
  labels:
    app: readiness
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    command: [/bin/sh, -c, "sed -i 's/listen  *80;/listen 80; listen 8080;/' /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'"]
    readinessProbe:
      tcpSocket:
        port: 8080
      periodSeconds: 1
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

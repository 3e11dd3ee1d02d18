#!/bin/sh
# What the probes look for is made when the container starts; port by its name; a startup probe for the slow one.
set -eu

# pod NAME PROBE COMMAND
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
    command: [/bin/sh, -c, "$3; exec nginx -g 'daemon off;'"]
    ports:
    - name: nginx-port
      containerPort: 80
    livenessProbe: {$2}
YAML
}

# step: exec
pod pod-liveness-exec 'exec: {command: [/bin/cat, /tmp/hello.txt]}, periodSeconds: 1, failureThreshold: 1' true
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="exec")].checks[?(@.name=="restarts")].verdict}'=Passed
pod pod-liveness-exec 'exec: {command: [/bin/cat, /tmp/hello.txt]}, initialDelaySeconds: 1, periodSeconds: 1' 'echo hello > /tmp/hello.txt'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=tcp --timeout=60s

# step: tcp
pod pod-liveness-tcpsocket 'tcpSocket: {port: 8080}, periodSeconds: 1, failureThreshold: 1' true
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="tcp")].checks[?(@.name=="restarts")].verdict}'=Passed
pod pod-liveness-tcpsocket 'tcpSocket: {port: nginx-port}, periodSeconds: 1' true
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=http --timeout=60s

# step: http
pod pod-liveness-httpget 'httpGet: {port: 80, path: /hello}, periodSeconds: 1, failureThreshold: 1' true
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="http")].checks[?(@.name=="restarts")].verdict}'=Passed
pod pod-liveness-httpget 'httpGet: {port: nginx-port, path: /hello}, periodSeconds: 1' 'echo hello > /usr/share/nginx/html/hello'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=slow-start --timeout=60s

# step: slow-start
kubectl -n "$WORKSPACE" patch deployment slow-web --type=json -p \
    '[{"op":"add","path":"/spec/template/spec/containers/0/startupProbe","value":{"httpGet":{"path":"/","port":80},"periodSeconds":1,"failureThreshold":30}}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

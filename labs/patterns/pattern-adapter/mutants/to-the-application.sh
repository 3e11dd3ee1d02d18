#!/bin/sh
# step: probe
# check: service
# message: The Service app does not answer with requests_total under /health
# The Service leads to port 80: past the adapter.
set -eu

cat >adapter.conf <<'NGINX'
server {
    listen 8080;
    location = /health {
        proxy_pass http://localhost/metrics;
    }
}
NGINX
kubectl -n "$WORKSPACE" create configmap adapter --from-file=adapter.conf
cat >app.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: app
  labels: {app: app}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: nginx:1.17.1
    command: [sh, -c, "echo requests_total 42 > /usr/share/nginx/html/metrics; exec nginx -g 'daemon off;'"]
  - name: adapter
    image: nginx:1.17.1
    volumeMounts:
    - {name: adapter, mountPath: /etc/nginx/conf.d}
  volumes:
  - name: adapter
    configMap: {name: adapter}
YAML
kubectl -n "$WORKSPACE" apply -f app.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=probe --timeout=60s

cat >app.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: app
  labels: {app: app}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: nginx:1.17.1
    command: [sh, -c, "echo requests_total 42 > /usr/share/nginx/html/metrics; exec nginx -g 'daemon off;'"]
  - name: adapter
    image: nginx:1.17.1
    readinessProbe:
      httpGet: {path: /health, port: 8080}
      periodSeconds: 2
      failureThreshold: 1
    volumeMounts:
    - {name: adapter, mountPath: /etc/nginx/conf.d}
  volumes:
  - name: adapter
    configMap: {name: adapter}
YAML
kubectl -n "$WORKSPACE" replace --force -f app.yaml
kubectl -n "$WORKSPACE" expose pod app --port=80
kubectl -n "$WORKSPACE" wait pod/app --for=condition=Ready --timeout=60s

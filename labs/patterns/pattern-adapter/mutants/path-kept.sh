#!/bin/sh
# step: adapt
# check: health
# message: status is 404, wanted 200
# proxy_pass without a path asks the application for /health, which it does not know.
set -eu

cat >adapter.conf <<'NGINX'
server {
    listen 8080;
    location = /health {
        proxy_pass http://localhost;
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
kubectl -n "$WORKSPACE" wait pod/app --for=condition=Ready --timeout=60s

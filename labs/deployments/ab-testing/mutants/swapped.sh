#!/bin/sh
# step: by-header
# check: everybody
# message: body is a text of
# Default and exception are mixed up: all are in the test.
set -eu

kubectl -n "$WORKSPACE" create deployment web-b --image=k8s-demo:0.2
kubectl -n "$WORKSPACE" expose deployment web-b --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=by-header --timeout=60s

cat >default.conf <<'NGINX'
upstream a { server web-a; }
upstream b { server web-b; }

map $http_x_group $version {
    default b;
    b       a;
}
server {
    listen 80;
    location / {
        proxy_pass http://$version;
    }
}
NGINX
kubectl -n "$WORKSPACE" create configmap ab-rules --from-file=default.conf
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ab-proxy
spec:
  selector:
    matchLabels: {app: ab-proxy}
  template:
    metadata:
      labels: {app: ab-proxy}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: nginx
        image: nginx:1.17.1
        volumeMounts:
        - {name: rules, mountPath: /etc/nginx/conf.d}
      volumes:
      - name: rules
        configMap: {name: ab-rules}
YAML
kubectl -n "$WORKSPACE" expose deployment ab-proxy --name=shop --port=80
kubectl -n "$WORKSPACE" rollout status deployment ab-proxy --timeout=60s

#!/bin/sh
# step: localhost
# check: both-answer
# message: The log of main does not have both store-1 and store-2
# A key that does not end in .conf: nginx starts, and reads nothing of it.
set -eu

cat >stores <<'NGINX'
upstream stores {
    server store-1;
    server store-2;
}
server {
    listen 8080;
    location / {
        proxy_pass http://stores;
    }
}
NGINX
kubectl -n "$WORKSPACE" create configmap stores --from-file=stores
cat >shop.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: busybox:1.30
    command: [sh, -c, "while true; do wget -qO- http://localhost:8080/; sleep 1; done"]
  - name: ambassador
    image: nginx:1.17.1
    volumeMounts:
    - {name: stores, mountPath: /etc/nginx/conf.d}
  volumes:
  - name: stores
    configMap: {name: stores}
YAML
kubectl -n "$WORKSPACE" apply -f shop.yaml
kubectl -n "$WORKSPACE" wait pod/shop --for=condition=Ready --timeout=60s

#!/bin/sh
# step: localhost
# check: only-localhost
# message: The command of main does not ask localhost alone
# The application knows the stores itself; the ambassador stands by and is asked nothing.
set -eu

cat >stores.conf <<'NGINX'
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
kubectl -n "$WORKSPACE" create configmap stores --from-file=stores.conf
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: busybox:1.30
    command: [sh, -c, "while true; do wget -qO- http://store-1/; wget -qO- http://store-2/; sleep 1; done"]
  - name: ambassador
    image: nginx:1.17.1
    volumeMounts:
    - {name: stores, mountPath: /etc/nginx/conf.d}
  volumes:
  - name: stores
    configMap: {name: stores}
YAML
kubectl -n "$WORKSPACE" wait pod/shop --for=condition=Ready --timeout=60s

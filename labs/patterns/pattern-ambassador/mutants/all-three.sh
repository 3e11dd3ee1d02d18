#!/bin/sh
# step: new-store
# check: told
# message: or it still names store-2
# The new store is added, the closed one stays on the list.
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
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=new-store --timeout=60s

sed -i "s/server store-2;/server store-2; server store-3;/" stores.conf
kubectl -n "$WORKSPACE" create configmap stores --from-file=stores.conf --dry-run=client -o yaml |
    kubectl -n "$WORKSPACE" apply -f -
kubectl -n "$WORKSPACE" replace --force -f shop.yaml
kubectl -n "$WORKSPACE" wait pod/shop --for=condition=Ready --timeout=60s

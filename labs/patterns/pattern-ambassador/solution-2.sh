#!/bin/sh
# The ambassador as an init container that stays, a part of the file mounted, other commands; the ConfigMap patched.
set -eu

# step: localhost
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata:
  name: stores
data:
  default.conf: |
    upstream stores { server store-1:80; server store-2:80; }
    server {
      listen 8080;
      location / { proxy_pass http://stores/; }
    }
YAML
cat >shop.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  terminationGracePeriodSeconds: 1
  volumes:
  - name: proxy
    configMap:
      name: stores
      items:
      - {key: default.conf, path: default.conf}
  initContainers:
  - name: ambassador
    image: nginx:1.17.1
    restartPolicy: Always
    volumeMounts:
    - name: proxy
      mountPath: /etc/nginx/conf.d/default.conf
      subPath: default.conf
  containers:
  - name: main
    image: busybox:1.30
    command: [/bin/sh]
    args: [-c, "until false; do wget -q -O - http://127.0.0.1:8080; sleep 1; done"]
YAML
kubectl -n "$WORKSPACE" create -f shop.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=new-store --timeout=60s

# step: new-store
kubectl -n "$WORKSPACE" get configmap stores -o yaml | sed s/store-2/store-3/ | kubectl -n "$WORKSPACE" replace -f -
kubectl -n "$WORKSPACE" delete pod shop
kubectl -n "$WORKSPACE" create -f shop.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

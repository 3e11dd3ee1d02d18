#!/bin/sh
# YAML for all; "if" instead of a map; the pods made anew one by one.
set -eu

# step: version-b
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-b
spec:
  replicas: 2
  selector:
    matchLabels: {app: web, version: b}
  template:
    metadata:
      labels: {app: web, version: b}
    spec:
      containers:
      - name: k8s-demo
        image: docker.io/library/k8s-demo:0.2
---
apiVersion: v1
kind: Service
metadata:
  name: web-b
spec:
  selector: {app: web, version: b}
  ports:
  - {port: 80, targetPort: 80}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=by-header --timeout=60s

# step: by-header
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata:
  name: ab-rules
data:
  shop.conf: |
    server {
      listen 80;
      location / {
        if ($http_x_group = b) { proxy_pass http://web-b; }
        proxy_pass http://web-a;
      }
    }
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  type: NodePort
  selector: {role: proxy}
  ports:
  - {port: 80}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ab-proxy
spec:
  replicas: 2
  selector:
    matchLabels: {role: proxy}
  template:
    metadata:
      labels: {role: proxy}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: proxy
        image: docker.io/library/nginx:1.17.1
        volumeMounts:
        - name: rules
          mountPath: /etc/nginx/conf.d/
      volumes:
      - name: rules
        configMap:
          name: ab-rules
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=for-all --timeout=60s

# step: for-all
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata:
  name: ab-rules
data:
  shop.conf: |
    server {
      listen 80;
      location / {
        if ($http_x_group = a) { proxy_pass http://web-a; }
        proxy_pass http://web-b;
      }
    }
YAML
for pod in $(kubectl -n "$WORKSPACE" get pods -l role=proxy -o name); do
    kubectl -n "$WORKSPACE" delete "$pod"
    kubectl -n "$WORKSPACE" rollout status deployment ab-proxy --timeout=60s
done
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

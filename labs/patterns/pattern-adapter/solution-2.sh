#!/bin/sh
# Everything from one file that is made anew; a named port; the Service from YAML.
set -eu

# step: adapt
cat >app.yaml <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata:
  name: adapter
data:
  default.conf: |
    server {
      listen 8080;
      location /health { proxy_pass http://127.0.0.1:80/metrics; }
    }
---
apiVersion: v1
kind: Pod
metadata:
  name: app
  labels:
    app: app
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: adapter
    image: docker.io/library/nginx:1.17.1
    ports:
    - name: health
      containerPort: 8080
    volumeMounts:
    - name: adapter
      mountPath: /etc/nginx/conf.d
      readOnly: true
  - name: main
    image: docker.io/library/nginx:1.17.1
    command: [sh, -c, "echo requests_total 42 > /usr/share/nginx/html/metrics; exec nginx -g 'daemon off;'"]
  volumes:
  - name: adapter
    configMap:
      name: adapter
YAML
kubectl -n "$WORKSPACE" create -f app.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=probe --timeout=60s

# step: probe
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: app
spec:
  selector: {app: app}
  ports:
  - {port: 80, targetPort: health}
YAML
kubectl -n "$WORKSPACE" delete pod app
sed -i 's/^    ports:/    readinessProbe: {httpGet: {path: \/health, port: health}, periodSeconds: 2, failureThreshold: 1}\n    ports:/' app.yaml
kubectl -n "$WORKSPACE" apply -f app.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=trust --timeout=60s

# step: trust
kubectl -n "$WORKSPACE" exec app -c main -- rm /usr/share/nginx/html/metrics
kubectl -n "$WORKSPACE" wait pod/app --for=condition=Ready=false --timeout=60s
kubectl -n "$WORKSPACE" exec app -c main -- sh -c 'echo requests_total 43 > /usr/share/nginx/html/metrics'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

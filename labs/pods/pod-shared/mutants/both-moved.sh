#!/bin/sh
# step: one-port
# check: two-pages
# message: It is not so that nginx answers at port 80 and busybox at port 8080
# The ports changed places, and the page with them.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: two-containers
spec:
  restartPolicy: Never
  volumes:
  - name: shared-data
    emptyDir: {}
  containers:
  - name: nginx-container
    image: nginx:1.17.1
    volumeMounts:
    - name: shared-data
      mountPath: /usr/share/nginx/html
  - name: debian-container
    image: debian:bookworm
    volumeMounts:
    - name: shared-data
      mountPath: /pod-data
    command: ["/bin/sh"]
    args: ["-c", "echo Hello from the debian container > /pod-data/index.html"]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=localhost --timeout=90s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-localhost
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "while true; do wget -q -O - http://localhost; sleep 3; done"]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=one-port --timeout=90s

kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: two-servers
spec:
  terminationGracePeriodSeconds: 2
  containers:
  - name: nginx
    image: nginx:1.17.1
    command: [/bin/sh, -c, "sed -i 's/listen  *80;/listen 8080;/' /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'"]
  - name: busybox
    image: busybox:1.30
    command: [/bin/sh, -c, "mkdir -p /www; echo Hello from busybox > /www/index.html; exec httpd -f -p 80 -h /www"]
YAML
kubectl -n "$WORKSPACE" wait pod/two-servers --for=condition=Ready --timeout=60s

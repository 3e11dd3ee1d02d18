#!/bin/sh
# step: collect
# check: shared
# message: No emptyDir is mounted by log-collector and, at /var/log/nginx, by nginx
# Each container has a volume of its own: the collector waits for a file that is written elsewhere.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: nginx
    image: nginx:1.17.1
    volumeMounts:
    - {name: logs, mountPath: /var/log/nginx}
  - name: log-collector
    image: busybox:1.30
    command: [tail, -n, "+1", -F, /var/log/nginx/access.log]
    volumeMounts:
    - {name: collected, mountPath: /var/log/nginx}
  volumes:
  - name: logs
    emptyDir: {}
  - name: collected
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/web --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" exec web -c log-collector -- wget -qO- http://localhost/hello-sidecar || true

#!/bin/sh
# step: collect
# check: passed-on
# message: No request for /hello-sidecar stands in the log of log-collector
# Only the collector mounts the volume: nginx goes on writing where nobody looks.
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
  - name: log-collector
    image: busybox:1.30
    command: [tail, -n, "+1", -F, /var/log/nginx/access.log]
    volumeMounts:
    - {name: logs, mountPath: /var/log/nginx}
  volumes:
  - name: logs
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/web --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" exec web -c log-collector -- wget -qO- http://localhost/hello-sidecar || true

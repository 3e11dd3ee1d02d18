#!/bin/sh
# step: collect
# check: passed-on
# message: No request for /hello-sidecar stands in the log of log-collector
# The other log of nginx is read, in which requests that go well do not stand.
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
    command: [tail, -n, "+1", -F, /var/log/nginx/error.log]
    volumeMounts:
    - {name: logs, mountPath: /var/log/nginx}
  volumes:
  - name: logs
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/web --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" exec web -c log-collector -- wget -qO- http://localhost/ >page.html

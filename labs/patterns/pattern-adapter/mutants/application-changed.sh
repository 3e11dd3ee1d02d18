#!/bin/sh
# step: adapt
# check: application
# message: The application itself does not answer under /metrics alone
# The application was changed after all; the adapter only stands by.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: app
  labels: {app: app}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: nginx:1.17.1
    command: [sh, -c, "cd /usr/share/nginx/html; echo requests_total 42 | tee metrics > health; exec nginx -g 'daemon off;'"]
  - name: adapter
    image: nginx:1.17.1
    command: [sleep, infinity]
YAML
kubectl -n "$WORKSPACE" wait pod/app --for=condition=Ready --timeout=60s

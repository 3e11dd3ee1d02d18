#!/bin/sh
# step: leave
# check: all-lines
# message: The log of log-collector does not have line 1 to line 5
# The collector waits for a file of another name until it is ended.
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
    - {name: logs, mountPath: /var/log/nginx}
  volumes:
  - name: logs
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/web --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" exec web -c log-collector -- wget -qO- http://localhost/hello-sidecar || true
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=leave --timeout=60s

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: report
spec:
  restartPolicy: Never
  terminationGracePeriodSeconds: 3
  initContainers:
  - name: log-collector
    image: busybox:1.30
    restartPolicy: Always
    command: [tail, -n, "+1", -F, /var/log/report/report.txt]
    volumeMounts:
    - {name: logs, mountPath: /var/log/report}
  containers:
  - name: report
    image: busybox:1.30
    command: [sh, -c, "for n in 1 2 3 4 5; do echo line $n; sleep 1; done > /var/log/report/report.log"]
    volumeMounts:
    - {name: logs, mountPath: /var/log/report}
  volumes:
  - name: logs
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/report --for=jsonpath='{.status.phase}'=Succeeded --timeout=60s

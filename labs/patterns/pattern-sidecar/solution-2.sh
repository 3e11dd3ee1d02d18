#!/bin/sh
# The sidecar of today from the beginning; another path, a shell, a client from outside of the pod.
set -eu

# step: collect
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  terminationGracePeriodSeconds: 1
  volumes:
  - name: nginx-logs
    emptyDir:
      medium: Memory
  initContainers:
  - name: log-collector
    image: busybox:1.30
    restartPolicy: Always
    command: [sh, -c]
    args:
    - |
      touch /logs/access.log
      exec tail -n+1 -f /logs/access.log
    volumeMounts:
    - name: nginx-logs
      mountPath: /logs
  containers:
  - name: nginx
    image: docker.io/library/nginx:1.17.1
    ports:
    - containerPort: 80
    volumeMounts:
    - name: nginx-logs
      mountPath: /var/log/nginx
YAML
kubectl -n "$WORKSPACE" wait pod/web --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" expose pod web --port=80
kubectl -n "$WORKSPACE" run client --image=busybox:1.30 --restart=Never -- \
    sh -c 'until wget -O- http://web/hello-sidecar 2>&1 | grep 404; do sleep 1; done'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=leave --timeout=60s

# step: leave
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: report
spec:
  restartPolicy: OnFailure
  terminationGracePeriodSeconds: 3
  volumes:
  - name: logs
    emptyDir: {}
  initContainers:
  - name: log-collector
    image: busybox:1.30
    restartPolicy: Always
    command: [sh, -c, "trap 'sleep 1; exit 0' TERM; tail -n+1 -F /var/log/report/report.log & wait"]
    volumeMounts:
    - name: logs
      mountPath: /var/log/report
  containers:
  - name: report
    image: busybox:1.30
    command: [sh, -c, "for n in 1 2 3 4 5; do echo line $n; sleep 1; done > /var/log/report/report.log"]
    volumeMounts:
    - name: logs
      mountPath: /var/log/report
YAML
kubectl -n "$WORKSPACE" wait pod/report --for=jsonpath='{.status.phase}'=Succeeded --timeout=60s

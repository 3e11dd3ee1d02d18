#!/bin/sh
# step: one-port
# check: ready
# message: Pod two-servers is not ready
# containerPort says 8080; httpd does not read it.
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
  - name: busybox
    image: busybox:1.30
    ports:
    - containerPort: 8080
    command:
    - /bin/sh
    - -c
    - >-
      mkdir -p /www; echo Hello from busybox > /www/index.html;
      until wget -q -O /dev/null http://localhost; do sleep 1; done;
      exec httpd -f -p 80 -h /www
YAML
kubectl -n "$WORKSPACE" wait pod/two-servers --timeout=60s \
  --for=jsonpath='{.status.containerStatuses[?(@.name=="busybox")].state.waiting.reason}'=CrashLoopBackOff

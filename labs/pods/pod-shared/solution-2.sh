#!/bin/sh
# The volume in memory, and debian's command in one list; busybox asks by the address; httpd is started by hand-written lines.
set -eu

# step: volume
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: two-containers
spec:
  restartPolicy: Never
  volumes:
  - name: other
    emptyDir: {}
  - name: shared-data
    emptyDir: {medium: Memory}
  containers:
  - name: debian-container
    image: debian:bookworm
    imagePullPolicy: IfNotPresent
    command: ["/bin/bash", "-c", "echo '<h1>Hello from the debian container</h1>' > /pod-data/index.html"]
    volumeMounts:
    - {name: other, mountPath: /other}
    - {name: shared-data, mountPath: /pod-data/}
  - name: nginx-container
    image: nginx:1.17.1
    volumeMounts:
    - {name: shared-data, mountPath: /usr/share/nginx/html, readOnly: true}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=localhost --timeout=90s

# step: localhost
kubectl -n "$WORKSPACE" run pod-localhost --image=nginx:1.17.1 --overrides='{"apiVersion":"v1","spec":{"containers":[
  {"name":"busybox","image":"busybox:1.30","command":["watch"],"args":["-t","-n","2","wget -q -O - 127.0.0.1:80"]},
  {"name":"nginx","image":"nginx:1.17.1"}]}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=one-port --timeout=90s

# step: one-port
kubectl -n "$WORKSPACE" delete pod two-servers --now
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: two-servers
spec:
  containers:
  - name: busybox
    image: busybox:1.30
    command: [sh, -c, "mkdir /www && echo Hello from busybox > /www/index.html && httpd -f -p 8080 -h /www"]
    ports: [{containerPort: 8080}]
  - name: nginx
    image: nginx:1.17.1
    ports: [{containerPort: 80}]
YAML

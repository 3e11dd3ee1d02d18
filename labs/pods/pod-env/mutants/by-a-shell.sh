#!/bin/sh
# step: without-a-shell
# check: no-shell
# message: The command of the container busybox is not /bin/echo with the variable username
# The line is right, and a shell has made it.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-env
spec:
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "while true; do /bin/echo $(date +%T); sleep 60; done"]
    env:
    - name: username
      value: admin
    - name: password
      value: "123456"
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=without-a-shell --timeout=90s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-env-log
spec:
  restartPolicy: Never
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "echo I am $username"]
    env:
    - name: username
      value: admin
    - name: password
      value: "123456"
YAML
kubectl -n "$WORKSPACE" wait pod/pod-env-log --timeout=60s --for=jsonpath='{.status.phase}'=Succeeded

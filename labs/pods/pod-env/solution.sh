#!/bin/sh
# The tutorial's file; the second pod lets Kubernetes fill in the variable.
set -eu

# step: given
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

# step: without-a-shell
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
    command: ["/bin/echo", "I am $(username)"]
    env:
    - name: username
      value: admin
    - name: password
      value: "123456"
YAML

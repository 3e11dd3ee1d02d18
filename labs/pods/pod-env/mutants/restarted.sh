#!/bin/sh
# step: without-a-shell
# check: ended
# message: Pod pod-env-log: spec.restartPolicy is Always, wanted not Always
# The restart policy is left at its default: echo is started again and again.
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

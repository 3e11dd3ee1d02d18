#!/bin/sh
# step: without-a-shell
# check: logged
# message: The log has no line that is I am admin
# $username is for a shell, and there is none.
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
    command: ["/bin/echo", "I am $username"]
    env:
    - name: username
      value: admin
    - name: password
      value: "123456"
YAML
kubectl -n "$WORKSPACE" wait pod/pod-env-log --timeout=60s --for=jsonpath='{.status.phase}'=Succeeded

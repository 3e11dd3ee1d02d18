#!/bin/sh
# step: read
# check: first-line
# message: is not the first time in the file of the container that runs now
# The last line is read, when the container has run for a while.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-command
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "touch /tmp/hello.txt; while true; do /bin/echo $(date +%T) >> /tmp/hello.txt; sleep 3; done"]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=read --timeout=90s

kubectl -n "$WORKSPACE" exec pod-command -c busybox -- sh -c 'until [ $(wc -l < /tmp/hello.txt) -gt 5 ]; do sleep 1; done'
answer first-line "$(kubectl -n "$WORKSPACE" exec pod-command -c busybox -- tail -n 1 /tmp/hello.txt)"

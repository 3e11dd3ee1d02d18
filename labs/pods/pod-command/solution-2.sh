#!/bin/sh
# The shell comes from the image's own search path, the script is in args; the file is read in a shell.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: write
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
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
    command: ["sh"]
    args:
    - -c
    - |
      while :; do
        date +%T >> /tmp/hello.txt
        sleep 3
      done
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=read --timeout=90s

# step: read
answer first-line "“$(echo 'cat /tmp/hello.txt | head -n 1; exit' |
  kubectl -n "$WORKSPACE" exec -i pod-command -c busybox -- /bin/sh)”"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=args --timeout=60s

# step: args
answer only-args '`/entry test`'
answer only-command ' /check '

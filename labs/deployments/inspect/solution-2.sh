#!/bin/sh
# Answers as people type them; a whole line of the log; a shell that reads its commands.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: get
answer namespace ' Kube-System '
answer node "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.spec.nodeName}')"
answer pod-ip "“""$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.status.podIP}')""”"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=describe --timeout=60s

# step: describe
answer reason failedscheduling
answer label 'shelf: top-left'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=logs --timeout=60s

# step: logs
answer code "$(kubectl logs nginx-pod -n "$WORKSPACE" | grep 'code is' | grep -o '[^ ]*$' | tr '[:lower:]' '[:upper:]')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=exec --timeout=60s

# step: exec
printf '%s\n' 'cd /usr/share/nginx/html' 'echo "<p>Hello from inside</p>" > hello.txt' exit |
  kubectl exec -i nginx-pod -n "$WORKSPACE" -- /bin/bash

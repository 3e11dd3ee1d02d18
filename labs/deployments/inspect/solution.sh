#!/bin/sh
# Each answer from its own command; the file by exec and a shell's line.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: get
answer pod-ip "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.status.podIP}')"
answer node "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.spec.nodeName}')"
answer namespace "$(kubectl get services -A --field-selector metadata.name=kube-dns -o jsonpath='{.items[0].metadata.namespace}')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=describe --timeout=60s

# step: describe
answer reason "$(kubectl get events -n "$WORKSPACE" --field-selector involvedObject.name=lost,type=Warning \
  -o jsonpath='{.items[0].reason}')"
answer label "$(kubectl describe pod lost -n "$WORKSPACE" | sed -n 's/^Node-Selectors: *//p')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=logs --timeout=60s

# step: logs
answer code "$(kubectl logs nginx-pod -n "$WORKSPACE" | sed -n 's/.*code is //p')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=exec --timeout=60s

# step: exec
kubectl exec nginx-pod -n "$WORKSPACE" -- sh -c 'echo Hello from inside > /usr/share/nginx/html/hello.txt'

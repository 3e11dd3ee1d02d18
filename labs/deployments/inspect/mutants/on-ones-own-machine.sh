#!/bin/sh
# step: exec
# check: hello
# message: There is no /hello.txt with the text Hello from inside
# The shell outside takes the >: the file is written on the learner's machine.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer pod-ip "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.status.podIP}')"
answer node "$(kubectl get pod nginx-pod -n "$WORKSPACE" -o jsonpath='{.spec.nodeName}')"
answer namespace kube-system
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=describe --timeout=60s
answer reason FailedScheduling
answer label shelf=top-left
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=logs --timeout=60s
answer code "$(kubectl logs nginx-pod -n "$WORKSPACE" | sed -n 's/.*code is //p')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=exec --timeout=60s

kubectl exec nginx-pod -n "$WORKSPACE" -- echo Hello from inside > hello.txt

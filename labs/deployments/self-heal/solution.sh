#!/bin/sh
# One pod deleted; then process 1 of a container ended.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: pod
pod=$(kubectl -n "$WORKSPACE" get pods -l app=tomcat6 -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" delete pod "$pod"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=container --timeout=60s

# step: container
pod=$(kubectl -n "$WORKSPACE" get pods -l app=tomcat6 -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" exec "$pod" -- sh -c 'kill 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=who --timeout=60s

# step: who
kubectl -n "$WORKSPACE" get events --sort-by=.lastTimestamp
answer pod-by 'ReplicaSet controller'
answer container-by kubelet
answer exit-code "$(kubectl -n "$WORKSPACE" get pod "$pod" -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode}')"

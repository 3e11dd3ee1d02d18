#!/bin/sh
# All pods deleted at once; kubectl picks the pod whose container is killed, and the code is read from all of them.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: pod
kubectl -n "$WORKSPACE" delete pods -l app=tomcat6
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=container --timeout=60s

# step: container
kubectl -n "$WORKSPACE" exec deployment/tomcat6 -- sh -c 'kill -15 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=who --timeout=60s

# step: who
answer pod-by 'replicaset controller'
answer container-by ' Kubelet '
answer exit-code "$(kubectl -n "$WORKSPACE" get pods -l app=tomcat6 -o jsonpath='{.items[*].status.containerStatuses[0].lastState.terminated.exitCode}')"

#!/bin/sh
# step: who
# check: container-by
# message: 'ReplicaSet controller' is not the answer: look again
# One healer for both: but the ReplicaSet counts pods, and none was missing.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

pod=$(kubectl -n "$WORKSPACE" get pods -l app=tomcat6 -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" delete pod "$pod"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=container --timeout=60s

kubectl -n "$WORKSPACE" exec deployment/tomcat6 -- sh -c 'kill 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=who --timeout=60s

answer pod-by 'ReplicaSet controller'
answer container-by 'ReplicaSet controller'

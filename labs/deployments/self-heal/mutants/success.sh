#!/bin/sh
# step: who
# check: exit-code
# message: No container of tomcat6 has last ended with the exit code `0`
# The container runs again, so all must have gone well?
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

pod=$(kubectl -n "$WORKSPACE" get pods -l app=tomcat6 -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" delete pod "$pod"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=container --timeout=60s

kubectl -n "$WORKSPACE" exec deployment/tomcat6 -- sh -c 'kill 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=who --timeout=60s

answer exit-code 0

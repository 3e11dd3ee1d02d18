#!/bin/sh
# step: next
# check: replaced
# message: The pod of before is still there, or no new one of the same Deployment is ready
# Not the pod but the whole Deployment is deleted and made again.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}
ask() {
    kubectl -n "$WORKSPACE" get pods -l app=tomcat -o jsonpath="{.items[0]$1}"
}

kubectl -n "$WORKSPACE" create deploy tomcat --image=tomcat:6.0.53-jre8
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=where --timeout=90s

answer node "$(ask .spec.nodeName)"
answer address "$(ask .status.podIP)"
answer maker ReplicaSet
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=next --timeout=60s

kubectl -n "$WORKSPACE" delete deployment tomcat
kubectl -n "$WORKSPACE" create deploy tomcat --image=tomcat:6.0.53-jre8
kubectl -n "$WORKSPACE" rollout status deployment/tomcat --timeout=60s

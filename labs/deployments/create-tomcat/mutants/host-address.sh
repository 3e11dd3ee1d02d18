#!/bin/sh
# step: where
# check: address
# message: is not the address of the pod
# The address of the node on which the pod runs.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}
ask() {
    kubectl -n "$WORKSPACE" get pods -l app=tomcat -o jsonpath="{.items[0]$1}"
}

kubectl -n "$WORKSPACE" create deploy tomcat --image=tomcat:6.0.53-jre8
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=where --timeout=90s

answer address "$(ask .status.hostIP)"

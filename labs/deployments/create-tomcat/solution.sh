#!/bin/sh
# The tutorial's command; the answers are read from the pod.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}
ask() {
    kubectl -n "$WORKSPACE" get pods -l app=tomcat -o jsonpath="{.items[0]$1}"
}

# step: create
kubectl -n "$WORKSPACE" create deploy tomcat --image=tomcat:6.0.53-jre8
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=where --timeout=90s

# step: where
kubectl -n "$WORKSPACE" get pods -o wide
answer node "$(ask .spec.nodeName)"
answer address "$(ask .status.podIP)"
answer maker "$(ask '.metadata.ownerReferences[0].kind')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=next --timeout=60s

# step: next
kubectl -n "$WORKSPACE" delete pod -l app=tomcat
# Not `rollout status`: until the Deployment has heard that its pod is gone, it counts it.
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="next")].checks[?(@.name=="replaced")].verdict}'=Passed
answer name "$(ask .metadata.name)"

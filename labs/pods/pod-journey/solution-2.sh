#!/bin/sh
# By kubectl run, with the hook that needs no program; and the deletion is only asked for, nobody waits.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: in
kubectl -n "$WORKSPACE" run pod-journey --image=nginx:1.17.1 --labels=app=journey --overrides='{"apiVersion":"v1","spec":{"containers":[
  {"name":"nginx","image":"docker.io/library/nginx:1.17.1","lifecycle":{"preStop":{"sleep":{"seconds":3}}}}]}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=events --timeout=90s

# step: events
answer started-by 'kubelet, kind-worker'
answer first-event scheduled
answer scheduled-by kube-scheduler
answer order 'pulled created started'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=fields --timeout=90s

# step: fields
answer status-by Kubelet
answer image-by kubectl-run
answer node-name-by None
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=out --timeout=90s

# step: out
answer deletion-timestamp deadline
kubectl -n "$WORKSPACE" delete pod pod-journey --wait=false

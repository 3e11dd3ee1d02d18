#!/bin/sh
# Without files for what takes none, and with one file for both where it does.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: create
kubectl -n "$WORKSPACE" create deployment nginx --image=docker.io/library/nginx:1.17.1
kubectl -n "$WORKSPACE" create deployment redis --image=redis:7
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=replace --timeout=90s

# step: replace
# The file is what the cluster itself says, changed.
kubectl -n "$WORKSPACE" patch deployment nginx -p '{"spec":{"replicas":3}}'
kubectl -n "$WORKSPACE" rollout status deployment/nginx --timeout=60s
kubectl -n "$WORKSPACE" get deployment nginx -o yaml |
    sed -e 's/replicas: 3/replicas: 1/' -e 's/nginx:1.17.1/nginx:1.17.4-alpine/' |
    kubectl -n "$WORKSPACE" replace -f -
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=delete --timeout=90s

# step: delete
kubectl -n "$WORKSPACE" delete deployments nginx redis
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=apply --timeout=90s

# step: apply
cat configs/nginx.yaml >all.yaml
echo --- >>all.yaml
cat configs/redis.yaml >>all.yaml
kubectl -n "$WORKSPACE" apply -f all.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=again --timeout=90s

# step: again
sed -i 's/nginx:1.17.1/nginx:1.17.4-alpine/' all.yaml
kubectl -n "$WORKSPACE" apply -f all.yaml
kubectl -n "$WORKSPACE" scale deployment nginx --replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=owners --timeout=90s

# step: owners
answer image-by Kubectl-Client-Side-Apply
answer status-by ' kube-controller-manager'
answer keeps '“apply”'

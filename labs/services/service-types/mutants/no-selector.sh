#!/bin/sh
# step: headless
# check: knows-pods
# message: The endpoints of web-headless are not the pods of web at port 80
# Without a selector that fits, the name stands for nothing.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" expose deployment web --name=web-clusterip --port=80
kubectl -n "$WORKSPACE" expose deployment web --name=web-nodeport --port=80 --type=NodePort
kubectl -n "$WORKSPACE" expose deployment web --name=web-loadbalancer --port=80 --type=LoadBalancer
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=what-they-got --timeout=60s

answer cluster-ips 3
answer node-ports 2
answer pending load-balancer-provider
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=headless --timeout=60s

kubectl -n "$WORKSPACE" create service clusterip web-headless --clusterip=None --tcp=80

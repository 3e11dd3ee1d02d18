#!/bin/sh
# step: what-they-got
# check: node-ports
# message: `1` is not how many have a node port
# A LoadBalancer has a node port, too.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" expose deployment web --name=web-clusterip --port=80
kubectl -n "$WORKSPACE" expose deployment web --name=web-nodeport --port=80 --type=NodePort
kubectl -n "$WORKSPACE" expose deployment web --name=web-loadbalancer --port=80 --type=LoadBalancer
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=what-they-got --timeout=60s
answer node-ports 1

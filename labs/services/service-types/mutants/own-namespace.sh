#!/bin/sh
# step: names
# check: from-elsewhere
# message: `web-clusterip` is not the shortest name
# The name alone works in the same namespace only.
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

kubectl -n "$WORKSPACE" expose deployment web --name=web-headless --port=80 --cluster-ip=None
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=external-name --timeout=60s

kubectl -n "$WORKSPACE" create service externalname docs --external-name=kubernetes.io
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=names --timeout=60s

answer from-elsewhere web-clusterip

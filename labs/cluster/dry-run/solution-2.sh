#!/bin/sh
# As much by options as there are, the rest afterwards.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: generate
kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.14 --replicas=3 --port=80 --dry-run=server -o yaml |
    kubectl -n "$WORKSPACE" create -f -
kubectl -n "$WORKSPACE" patch deployment web -p '{"spec":{"template":{"metadata":{"labels":{"tier":"front"}}}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=try --timeout=90s

# step: try
answer selector ' Server '
answer field .spec.selector
answer image NEITHER
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=expose --timeout=90s

# step: expose
kubectl -n "$WORKSPACE" expose deployment web --port=80 --selector=app=web,tier=front

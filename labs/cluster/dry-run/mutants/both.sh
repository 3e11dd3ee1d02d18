#!/bin/sh
# step: try
# check: selector
# message: 'both' is not the answer
# The client asks nobody.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.14 --dry-run=client -o yaml >my1.yml
sed -i -e "s/replicas: 1/replicas: 3/" \
    -e "s/^        app: web/&\n        tier: front/" \
    -e "s/^ *- image:.*/&\n        ports:\n        - containerPort: 80/" my1.yml
kubectl -n "$WORKSPACE" apply -f my1.yml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=try --timeout=90s

answer selector both

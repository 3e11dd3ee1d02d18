#!/bin/sh
# step: try
# check: image
# message: 'server' is not the answer
# The API server does not look for images.
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

answer image server

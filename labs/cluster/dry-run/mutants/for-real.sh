#!/bin/sh
# step: try
# check: untouched
# message: nginx:nginx:1.14
# The slip is tried out for real.
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

answer selector server
answer field spec.selector
sed "s/nginx:1.14/nginx:nginx:1.14/" my1.yml >image.yml
kubectl -n "$WORKSPACE" apply -f image.yml
answer image neither

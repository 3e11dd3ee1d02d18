#!/bin/sh
# step: expose
# check: endpoints
# message: Not all pods of the Deployment web are ready endpoints
# A third label that no pod has.
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

sed "s/app: web/app: shop/" my1.yml >selector.yml
sed "s/nginx:1.14/nginx:nginx:1.14/" my1.yml >image.yml
for file in selector.yml image.yml; do
    kubectl -n "$WORKSPACE" apply -f "$file" --dry-run=client
    kubectl -n "$WORKSPACE" apply -f "$file" --dry-run=server || true
done
answer selector server
answer field spec.selector
answer image neither
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=expose --timeout=90s

kubectl -n "$WORKSPACE" expose deployment web --port=80 --selector=app=web,tier=front,track=stable

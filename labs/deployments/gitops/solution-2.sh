#!/bin/sh
# Server-side, where the API server compares; file by file.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: sync
for file in desired/*; do
    kubectl apply --server-side -f "$file"
done
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=drift --timeout=90s

# step: drift
answer image "$(kubectl -n "$WORKSPACE" get deployment web -o jsonpath='{.spec.template.spec.containers[0].image}')"
answer replicas ' 5'
answer color Red
answer stranger service/web-debug
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=heal --timeout=90s

# step: heal
kubectl -n "$WORKSPACE" delete service web-debug
kubectl apply --server-side --force-conflicts -f desired/
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=change --timeout=90s

# step: change
sed -i 's/replicas: 2/replicas: 4/' desired/deployment.yaml
kubectl apply --server-side -f desired/deployment.yaml

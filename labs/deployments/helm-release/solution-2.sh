#!/bin/sh
# upgrade --install, values from a file, --reuse-values, one rollback too few, and a packed chart.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: install
helm upgrade --install web ./web -n "$WORKSPACE" --wait --timeout 60s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=value --timeout=90s

# step: value
echo 'replicas: 3' >values.yaml
helm upgrade web ./web -n "$WORKSPACE" -f values.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=version --timeout=90s

# step: version
sed -i -e 's/^version: .*/version: 0.1.1/' -e 's/^appVersion: .*/appVersion: "1.17.4-alpine"/' web/Chart.yaml
helm package web
helm upgrade web web-0.1.1.tgz -n "$WORKSPACE" --reuse-values --set port=8080
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rollback --timeout=90s

# step: rollback
helm rollback web -n "$WORKSPACE"
helm rollback web 1 -n "$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=numbers --timeout=90s

# step: numbers
answer renamed a
answer added ' b '
answer repaired c

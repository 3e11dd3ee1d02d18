#!/bin/sh
# With the chart of the lab.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: install
helm template web ./web
helm install web ./web -n "$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=value --timeout=90s

# step: value
helm upgrade web ./web -n "$WORKSPACE" --set replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=version --timeout=90s

# step: version
sed -i -e 's/^version: .*/version: 0.1.1/' -e 's/^appVersion: .*/appVersion: "1.17.4-alpine"/' web/Chart.yaml
helm upgrade web ./web -n "$WORKSPACE" --set replicas=3 --set port=8080
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rollback --timeout=90s

# step: rollback
helm history web -n "$WORKSPACE"
helm rollback web 1 -n "$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=numbers --timeout=90s

# step: numbers
helm history web -n "$WORKSPACE"
answer renamed A
answer added B
answer repaired C

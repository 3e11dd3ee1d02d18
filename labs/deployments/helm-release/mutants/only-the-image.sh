#!/bin/sh
# step: version
# check: chart
# message: labels["helm.sh/chart"] is web-0.1.0, wanted web-0.1.1
# The chart keeps its version: two different charts have the same number.
set -eu

helm install web ./web -n "$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=value --timeout=90s

helm upgrade web ./web -n "$WORKSPACE" --set replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=version --timeout=90s

sed -i -e 's/^appVersion: .*/appVersion: "1.17.4-alpine"/' web/Chart.yaml
helm upgrade web ./web -n "$WORKSPACE" --reuse-values --set port=8080

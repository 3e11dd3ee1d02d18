#!/bin/sh
# step: rollback
# check: history
# message: The history of the release web does not go on
# Uninstalled and installed again: the history is gone.
set -eu

helm install web ./web -n "$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=value --timeout=90s

helm upgrade web ./web -n "$WORKSPACE" --set replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=version --timeout=90s

sed -i -e 's/^version: .*/version: 0.1.1/' -e 's/^appVersion: .*/appVersion: "1.17.4-alpine"/' web/Chart.yaml
helm upgrade web ./web -n "$WORKSPACE" --set replicas=3 --set port=8080
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rollback --timeout=90s

helm uninstall web -n "$WORKSPACE" --wait
sed -i -e 's/^version: .*/version: 0.1.0/' -e 's/^appVersion: .*/appVersion: "1.17.1"/' web/Chart.yaml
helm install web ./web -n "$WORKSPACE"

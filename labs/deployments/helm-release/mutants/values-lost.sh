#!/bin/sh
# step: version
# check: replicas-kept
# message: spec.replicas is 2, wanted 3
# Another value is chosen, and the one of before is forgotten.
set -eu

helm install web ./web -n "$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=value --timeout=90s

helm upgrade web ./web -n "$WORKSPACE" --set replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=version --timeout=90s

sed -i -e 's/^version: .*/version: 0.1.1/' -e 's/^appVersion: .*/appVersion: "1.17.4-alpine"/' web/Chart.yaml
helm upgrade web ./web -n "$WORKSPACE" --set port=8080

#!/bin/sh
# step: rollback
# check: history
# message: The history of the release web does not go on
# Put back by kubectl, past Helm.
set -eu

helm install web ./web -n "$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=value --timeout=90s

helm upgrade web ./web -n "$WORKSPACE" --set replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=version --timeout=90s

sed -i -e 's/^version: .*/version: 0.1.1/' -e 's/^appVersion: .*/appVersion: "1.17.4-alpine"/' web/Chart.yaml
helm upgrade web ./web -n "$WORKSPACE" --set replicas=3 --set port=8080
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rollback --timeout=90s

kubectl -n "$WORKSPACE" set image deployment/web web=nginx:1.17.1
kubectl -n "$WORKSPACE" scale deployment web --replicas=2
kubectl -n "$WORKSPACE" patch service web --type=json -p '[{"op":"replace","path":"/spec/ports/0/port","value":80}]'
kubectl -n "$WORKSPACE" label deployment web helm.sh/chart=web-0.1.0 app.kubernetes.io/version=1.17.1 --overwrite

#!/bin/sh
# step: generate
# check: labels
# message: labels["tier"]
# The label stands on the Deployment, not on its pods.
set -eu

kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.14 --replicas=3 --port=80 --dry-run=client -o yaml >my1.yml
sed -i '0,/app: web/s/^    app: web/&\n    tier: front/' my1.yml
kubectl -n "$WORKSPACE" apply -f my1.yml

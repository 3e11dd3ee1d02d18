#!/bin/sh
# step: value
# check: by-helm
# message: No new revision of the release web with 3 replicas is deployed
# Scaled by kubectl, past Helm.
set -eu

helm install web ./web -n "$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=value --timeout=90s

kubectl -n "$WORKSPACE" scale deployment web --replicas=3

#!/bin/sh
# step: value
# check: three
# message: spec.replicas is 2, wanted 3
# Upgraded with a value that the chart does not know.
set -eu

helm install web ./web -n "$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=value --timeout=90s

helm upgrade web ./web -n "$WORKSPACE" --set replicaCount=3

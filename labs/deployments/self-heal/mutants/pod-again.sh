#!/bin/sh
# step: container
# check: restarted
# message: None of the pods that were there when this step began has restarted its container
# The pod goes instead of the container: a new one comes, with no restart.
set -eu

pod=$(kubectl -n "$WORKSPACE" get pods -l app=tomcat6 -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" delete pod "$pod"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=container --timeout=60s

pod=$(kubectl -n "$WORKSPACE" get pods -l app=tomcat6 -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" delete pod "$pod"
kubectl -n "$WORKSPACE" rollout status deployment/tomcat6 --timeout=60s

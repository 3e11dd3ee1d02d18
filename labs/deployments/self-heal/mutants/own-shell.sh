#!/bin/sh
# step: container
# check: restarted
# message: None of the pods that were there when this step began has restarted its container
# The shell that exec has started ends itself; Tomcat does not notice.
set -eu

pod=$(kubectl -n "$WORKSPACE" get pods -l app=tomcat6 -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" delete pod "$pod"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=container --timeout=60s

kubectl -n "$WORKSPACE" exec deployment/tomcat6 -- sh -c 'kill $$' || true

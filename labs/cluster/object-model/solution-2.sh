#!/bin/sh
# Answers as people type them; the object by kubectl run.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: explain
answer restart-policy ' always。'
answer grace-period '３０'
answer containers-type ' []container '
answer required-field spec.containers.name
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=write --timeout=60s

# step: write
kubectl -n "$WORKSPACE" run k8s-demo --image=k8s-demo:0.1 --labels=app=k8s --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=added --timeout=60s

# step: added
answer uid "“$(kubectl -n "$WORKSPACE" get pod k8s-demo -o jsonpath='{.metadata.uid}')”"
answer who-writes Status
# What it shows now: the pod may be on its way from Pending to Running.
for attempt in 1 2 3 4 5 6 7 8 9 10; do
    answer phase "$(kubectl -n "$WORKSPACE" get pod k8s-demo -o jsonpath='{.status.phase}' | tr '[:upper:]' '[:lower:]')"
    if kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=3s; then break; fi
done

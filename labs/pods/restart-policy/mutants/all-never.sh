#!/bin/sh
# step: succeeds
# check: always
# message: spec.restartPolicy is Never, wanted Always
# Done is done: so a pod that runs to its end should be Never? The policies were to stay.
set -eu

# pod NAME POLICY COMMAND
pod() {
    kubectl -n "$WORKSPACE" run "$1" --image=busybox:1.30 --restart="$2" -- sh -c "$3"
}

pod pod-always Always 'exit 1'
pod pod-onfailure OnFailure 'exit 1'
pod pod-never Never 'exit 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=succeeds --timeout=60s

kubectl -n "$WORKSPACE" delete pod pod-always pod-onfailure pod-never --now
pod pod-always Never 'exit 0'
pod pod-onfailure OnFailure 'exit 0'
pod pod-never Never 'exit 0'

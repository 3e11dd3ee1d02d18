#!/bin/sh
# step: succeeds
# check: never
# message: status.phase is Failed, wanted Succeeded
# Applied to the pods that are there, which is refused.
set -eu

# pod NAME POLICY COMMAND
pod() {
    kubectl -n "$WORKSPACE" run "$1" --image=busybox:1.30 --restart="$2" -- sh -c "$3"
}

pod pod-always Always 'exit 1'
pod pod-onfailure OnFailure 'exit 1'
pod pod-never Never 'exit 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=succeeds --timeout=60s

kubectl -n "$WORKSPACE" apply -f - <<'YAML' || true
apiVersion: v1
kind: Pod
metadata:
  name: pod-never
spec:
  restartPolicy: Never
  containers:
  - name: pod-never
    image: busybox:1.30
    command: ["/bin/sh", "-c", "exit 0"]
YAML

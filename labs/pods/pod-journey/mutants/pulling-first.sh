#!/bin/sh
# step: events
# check: first-event
# message: Not `Pulled`
# The kubelet is taken for the first who does anything.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-journey
  labels:
    app: journey
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    lifecycle:
      preStop:
        exec:
          command: ["/bin/sleep", "5"]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=events --timeout=90s

answer first-event Pulled

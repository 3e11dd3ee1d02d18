#!/bin/sh
# step: fields
# check: node-name-by
# message: Not `kube-scheduler`
# It has chosen the node; the name in the pod is of the API server's own hand.
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

answer first-event Scheduled
answer scheduled-by default-scheduler
answer started-by kubelet
answer order 'Pulled Created Started'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=fields --timeout=90s

answer status-by kubelet
answer node-name-by kube-scheduler

#!/bin/sh
# step: out
# check: ended
# message: has not been seen to end with exit code 0
# Forced: the record is gone before anybody takes leave.
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
answer image-by kubectl-client-side-apply
answer node-name-by none
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=out --timeout=90s

answer deletion-timestamp deadline
kubectl -n "$WORKSPACE" delete pod pod-journey --force

#!/bin/sh
# The tutorial's file with its second container, which keeps ending; a pod is deleted and made anew for each change.
set -eu

run() {
    kubectl -n "$WORKSPACE" apply -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: pod-imagepullpolicy
spec:
  containers:
  - name: nginx
    image: $1
    imagePullPolicy: $2
  - name: busybox
    image: busybox:1.30
YAML
}
asked() {
    kubectl -n "$WORKSPACE" run try --image="$1" --dry-run=server -o jsonpath='{.spec.containers[0].imagePullPolicy}'
}
answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: never
run nginx:1.17.99 Never
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=asked --timeout=60s

# step: asked
kubectl -n "$WORKSPACE" delete pod pod-imagepullpolicy --now
run docker.io/library/nginx:1.17.99 IfNotPresent
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=90s

# step: repair
kubectl -n "$WORKSPACE" delete pod pod-imagepullpolicy --now
run nginx:1.17.1 IfNotPresent
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=defaults --timeout=60s

# step: defaults
answer with-tag "$(asked nginx:1.17.1)"
answer without-tag "$(asked nginx)"
answer changed-later ifnotpresent

#!/bin/sh
# The file of the task; what the cluster tells is read from it.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: in
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

# step: events
from() {
    kubectl -n "$WORKSPACE" get events --field-selector "involvedObject.name=pod-journey,reason=$1" \
        -o jsonpath='{.items[0].source.component}{.items[0].reportingComponent}' | sed 's/\(..*\)\1/\1/'
}
answer first-event Scheduled
answer scheduled-by "$(from Scheduled)"
answer started-by "$(from Started)"
answer order 'Pulled Created Started'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=fields --timeout=90s

# step: fields
manager() {
    kubectl -n "$WORKSPACE" get pod pod-journey --show-managed-fields \
        -o jsonpath="{.metadata.managedFields[?(@.fieldsV1.$1)].manager}"
}
answer status-by "$(manager f:status)"
answer image-by "$(manager f:spec)"
found=$(kubectl -n "$WORKSPACE" get pod pod-journey --show-managed-fields -o yaml | grep -c f:nodeName || true)
[ "$found" != 0 ] || answer node-name-by none
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=out --timeout=90s

# step: out
kubectl -n "$WORKSPACE" delete pod pod-journey
answer deletion-timestamp deadline

#!/bin/sh
# Defaults are read from the Pod that has them; the object is written by hand.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: explain
kubectl explain pod.spec.restartPolicy
kubectl explain pod.spec.containers
answer restart-policy "$(kubectl -n "$WORKSPACE" get pod plain -o jsonpath='{.spec.restartPolicy}')"
answer grace-period "$(kubectl -n "$WORKSPACE" get pod plain -o jsonpath='{.spec.terminationGracePeriodSeconds}')"
answer containers-type '[]Container'
answer required-field name
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=write --timeout=60s

# step: write
cat >pod.yaml <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: k8s-demo
  labels:
    app: k8s
spec:
  containers:
  - name: k8s-demo
    image: k8s-demo:0.1
    ports:
    - containerPort: 80
YAML
kubectl -n "$WORKSPACE" create -f pod.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=added --timeout=60s

# step: added
answer uid "$(kubectl -n "$WORKSPACE" get pod k8s-demo -o jsonpath='{.metadata.uid}')"
answer who-writes status
# What it shows now: the pod may be on its way from Pending to Running.
for attempt in 1 2 3 4 5 6 7 8 9 10; do
    answer phase "$(kubectl -n "$WORKSPACE" get pod k8s-demo -o jsonpath='{.status.phase}')"
    if kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=3s; then break; fi
done

#!/bin/sh
# A limit that is too small, and the pod made anew with a larger one.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: killed
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-oom
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "head -c 50m /dev/zero | tail > /dev/null && echo it was enough && sleep 3600"]
    resources:
      limits: {memory: 20Mi}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=who --timeout=90s

# step: who
kubectl -n "$WORKSPACE" wait pod/pod-oom --timeout=60s \
  --for=jsonpath='{.status.containerStatuses[0].lastState.terminated.reason}'=OOMKilled
answer exit-code "$(kubectl -n "$WORKSPACE" get pod pod-oom \
  -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode}')"
answer signal SIGKILL
answer by-whom kernel
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=enough --timeout=90s

# step: enough
kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-oom
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "head -c 50m /dev/zero | tail > /dev/null && echo it was enough && sleep 3600"]
    resources:
      limits: {memory: 128Mi}
YAML
kubectl -n "$WORKSPACE" wait pod/pod-oom --for=condition=Ready --timeout=60s

#!/bin/sh
# Pending for want of a node, Failed and Succeeded by OnFailure and two containers; args instead of a command.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: four
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata: {name: pod-pending}
spec:
  nodeSelector: {disk: none-has-this}
  containers:
  - {name: nginx, image: "nginx:1.17.1"}
---
apiVersion: v1
kind: Pod
metadata: {name: pod-running}
spec:
  restartPolicy: Never
  containers:
  - {name: done, image: "busybox:1.30", command: ["true"]}
  - {name: goes-on, image: "busybox:1.30", command: ["sleep", "3600"]}
---
apiVersion: v1
kind: Pod
metadata: {name: pod-succeeded}
spec:
  restartPolicy: OnFailure
  containers:
  - {name: busybox, image: "busybox:1.30"}
---
apiVersion: v1
kind: Pod
metadata: {name: pod-failed}
spec:
  restartPolicy: Never
  containers:
  - {name: well, image: "busybox:1.30", command: ["true"]}
  - {name: badly, image: "busybox:1.30", command: ["false"]}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=not-a-phase --timeout=90s

# step: not-a-phase
answer crashing running
answer preparing '`Pending`'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=killed --timeout=90s

# step: killed
kubectl -n "$WORKSPACE" run pod-grace --image=busybox:1.30 --overrides='{"apiVersion":"v1","spec":{"containers":[
  {"name":"busybox","image":"busybox:1.30","args":["sleep","3600"]}]}}'
kubectl -n "$WORKSPACE" wait pod/pod-grace --for=condition=Ready --timeout=60s
# Forgotten in the file, and what kubectl says here is no longer the spec's: so it is made once more.
kubectl -n "$WORKSPACE" delete pod pod-grace --now
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-grace
spec:
  terminationGracePeriodSeconds: 5
  containers:
  - name: busybox
    image: busybox:1.30
    command: [tail, -f, /dev/null]
YAML
kubectl -n "$WORKSPACE" wait pod/pod-grace --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" delete pod/pod-grace
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=leaves --timeout=90s

# step: leaves
kubectl -n "$WORKSPACE" run pod-grace --image=busybox:1.30 --overrides='{"apiVersion":"v1","spec":{"containers":[
  {"name":"busybox","image":"busybox:1.30","args":["sh","-c","trap \"exit 0\" TERM; sleep 3600 & wait"]}]}}'
kubectl -n "$WORKSPACE" wait pod/pod-grace --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" delete pod/pod-grace

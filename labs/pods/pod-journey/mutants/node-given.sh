#!/bin/sh
# step: in
# check: recorded
# message: was not seen Pending and without a node
# The node is written into the pod: the scheduler never sees it.
set -eu

node=$(kubectl get nodes -l '!node-role.kubernetes.io/control-plane' -o jsonpath='{.items[0].metadata.name}')
kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: pod-journey
  labels:
    app: journey
spec:
  nodeName: $node
  containers:
  - name: nginx
    image: nginx:1.17.1
    lifecycle:
      preStop:
        exec:
          command: ["/bin/sleep", "5"]
YAML
kubectl -n "$WORKSPACE" wait pod/pod-journey --for=condition=Ready --timeout=60s

#!/bin/sh
# step: in
# check: endpoint
# message: is no ready endpoint of the Service journey
# Without its label no Service finds the pod.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-journey
  labels:
    app: pod-journey
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    lifecycle:
      preStop:
        exec:
          command: ["/bin/sleep", "5"]
YAML
kubectl -n "$WORKSPACE" wait pod/pod-journey --for=condition=Ready --timeout=60s

#!/bin/sh
# step: killed
# check: killed
# message: has not been ended with the reason OOMKilled
# The work was made smaller than the limit.
set -eu

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
    command: ["/bin/sh", "-c", "head -c 5m /dev/zero | tail > /dev/null && echo it was enough && sleep 3600"]
    resources:
      limits: {memory: 20Mi}
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-oom --timeout=60s

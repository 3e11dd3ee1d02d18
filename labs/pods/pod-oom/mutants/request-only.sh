#!/bin/sh
# step: killed
# check: limit
# message: does not work on 50 MB with a memory limit of 20Mi
# A request holds nobody back.
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
    command: ["/bin/sh", "-c", "head -c 50m /dev/zero | tail > /dev/null && echo it was enough && sleep 3600"]
    resources:
      requests: {memory: 20Mi}
YAML

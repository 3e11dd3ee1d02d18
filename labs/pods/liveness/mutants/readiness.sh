#!/bin/sh
# step: exec
# check: restarts
# message: No container of pod-liveness-exec that has an exec liveness probe waits in CrashLoopBackOff
# The other probe: the pod is not ready, and nobody restarts it.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-liveness-exec
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    readinessProbe:
      exec:
        command: ["/bin/cat", "/tmp/hello.txt"]
      periodSeconds: 2
      failureThreshold: 2
YAML

#!/bin/sh
# step: container-ends
# check: empty-dir
# message: The container busybox mounts no emptyDir at /data
# Mounted at /tmp: what should stay goes, and the other way round.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-volume
spec:
  terminationGracePeriodSeconds: 2
  containers:
  - name: busybox
    image: busybox:1.30
    command:
    - /bin/sh
    - -c
    - |
      mkdir -p /data; echo start >> /data/starts
      echo start >> /tmp/starts
      echo "starts in /data: $(wc -l < /data/starts), in /tmp: $(wc -l < /tmp/starts)"
      trap 'exit 1' TERM
      while true; do sleep 1; done
    volumeMounts:
    - name: data
      mountPath: /tmp
  volumes:
  - name: data
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/pod-volume --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" exec pod-volume -- sh -c 'kill 1'

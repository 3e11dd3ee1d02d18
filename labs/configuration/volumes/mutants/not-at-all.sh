#!/bin/sh
# step: container-ends
# check: empty-dir
# message: The container busybox mounts no emptyDir at /data
# A folder of the image's own is no volume.
set -eu

kubectl -n "$WORKSPACE" run pod-volume --image=busybox:1.30 --overrides='{"apiVersion":"v1","spec":{"containers":[{"name":"busybox",
  "image":"busybox:1.30","command":["sh","-c","mkdir -p /data; echo start >> /data/starts; sleep 3600"]}]}}'
kubectl -n "$WORKSPACE" wait pod/pod-volume --for=condition=Ready --timeout=60s

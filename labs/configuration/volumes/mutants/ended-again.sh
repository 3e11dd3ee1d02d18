#!/bin/sh
# step: pod-ends
# check: another
# message: is still the one that was there when this step began
# The container is ended once more, and the pod stays.
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
      echo start >> /data/starts
      echo start >> /tmp/starts
      echo "starts in /data: $(wc -l < /data/starts), in /tmp: $(wc -l < /tmp/starts)"
      trap 'exit 1' TERM
      while true; do sleep 1; done
    volumeMounts:
    - name: data
      mountPath: /data
  volumes:
  - name: data
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/pod-volume --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" exec pod-volume -- sh -c 'kill 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pod-ends --timeout=90s

kubectl -n "$WORKSPACE" exec pod-volume -- sh -c 'kill 1'

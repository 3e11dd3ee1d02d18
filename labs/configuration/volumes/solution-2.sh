#!/bin/sh
# The volume in memory, the pod made anew from what the cluster has; other units.
set -eu

# step: container-ends
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
      mountPath: /data/
  volumes:
  - name: data
    emptyDir: {medium: Memory, sizeLimit: 1Mi}
YAML
kubectl -n "$WORKSPACE" wait pod/pod-volume --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" exec pod-volume -- sh -c 'kill 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pod-ends --timeout=90s

# step: pod-ends
kubectl -n "$WORKSPACE" get pod pod-volume -o yaml | kubectl -n "$WORKSPACE" replace --force -f -
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=memory --timeout=90s

# step: memory
kubectl -n "$WORKSPACE" run pod-memory --image=busybox:1.30 --overrides='{"apiVersion":"v1","spec":{
  "containers":[{"name":"busybox","image":"busybox:1.30","args":["sh","-c","yes > /cache/all; sleep 3600"],
    "volumeMounts":[{"name":"c","mountPath":"/cache"}]}],
  "volumes":[{"name":"c","emptyDir":{"medium":"Memory","sizeLimit":"16384Ki"}}]}}'

#!/bin/sh
# step: memory
# check: in-memory
# message: does not mount an emptyDir in Memory of 16Mi at /cache
# 16M are less than 16Mi.
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

kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
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
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=memory --timeout=90s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-memory
spec:
  terminationGracePeriodSeconds: 2
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "df -m /cache; dd if=/dev/zero of=/cache/big bs=1M count=32; sleep 3600"]
    volumeMounts:
    - name: cache
      mountPath: /cache
  volumes:
  - name: cache
    emptyDir:
      medium: Memory
      sizeLimit: 16M
YAML

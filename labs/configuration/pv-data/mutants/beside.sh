#!/bin/sh
# step: written
# check: mounted
# message: does not mount the claim data at /data
# The claim is mounted, and the book lies beside it.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}
# guest NAME
guest() {
    kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: $1
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "mkdir -p /data; echo \$(hostname) was here >> /data/book; cat /data/book; sleep 3600"]
    volumeMounts:
    - name: data
      mountPath: /book
  volumes:
  - name: data
    persistentVolumeClaim:
      claimName: data
YAML
}

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 100Mi
YAML
answer class "$(kubectl -n "$WORKSPACE" get pvc data -o jsonpath='{.spec.storageClassName}')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=written --timeout=60s

guest writer
kubectl -n "$WORKSPACE" wait pod/writer --for=condition=Ready --timeout=60s

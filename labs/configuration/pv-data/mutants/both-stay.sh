#!/bin/sh
# step: outlives
# check: writer-gone
# message: The pod writer is still there
# Both read one volume, as they are on one node; nothing has been outlived.
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
    command: ["/bin/sh", "-c", "echo \$(hostname) was here >> /data/book; cat /data/book; sleep 3600"]
    volumeMounts:
    - name: data
      mountPath: /data
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
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=outlives --timeout=90s

guest reader
kubectl -n "$WORKSPACE" wait pod/reader --for=condition=Ready --timeout=60s

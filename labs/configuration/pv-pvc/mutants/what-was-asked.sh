#!/bin/sh
# step: bound
# check: capacity
# message: is not what the claim has
# What it asked for is taken for what it has.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}
# claim NAME SIZE MODE
claim() {
    kubectl -n "$WORKSPACE" apply -f - <<YAML
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: $1
spec:
  storageClassName: manual
  accessModes: [$3]
  resources:
    requests:
      storage: $2
YAML
}

kubectl apply -f - <<YAML
apiVersion: v1
kind: PersistentVolume
metadata:
  name: $WORKSPACE-pv
spec:
  capacity:
    storage: 1Gi
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: manual
  hostPath:
    path: /tmp/$WORKSPACE
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=fits-none --timeout=60s

claim too-big 5Gi ReadWriteOnce
claim shared 500Mi ReadWriteMany
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=bound --timeout=60s

claim data 500Mi ReadWriteOnce
answer capacity 500Mi

#!/bin/sh
# step: fits-none
# check: shared
# message: spec.accessModes
# The access mode is copied from the other one: this claim is bound.
set -eu

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
claim shared 500Mi ReadWriteOnce

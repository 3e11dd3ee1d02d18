#!/bin/sh
# step: fits-none
# check: shared
# message: PersistentVolumeClaim shared does not exist
# Without -n the claim is made somewhere else.
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
kubectl -n "$LAB_NAMESPACE" apply -f - <<'YAML'
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: shared
spec:
  storageClassName: manual
  accessModes: [ReadWriteMany]
  resources:
    requests:
      storage: 500Mi
YAML

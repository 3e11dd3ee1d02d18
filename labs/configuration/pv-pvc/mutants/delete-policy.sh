#!/bin/sh
# step: available
# check: as-asked
# message: spec.persistentVolumeReclaimPolicy is Delete, wanted Retain
# Delete sounds tidy; with it nothing outlives the claim.
set -eu

kubectl apply -f - <<YAML
apiVersion: v1
kind: PersistentVolume
metadata:
  name: $WORKSPACE-pv
spec:
  capacity:
    storage: 1Gi
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Delete
  storageClassName: manual
  hostPath:
    path: /tmp/$WORKSPACE
YAML

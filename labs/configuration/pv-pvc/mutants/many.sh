#!/bin/sh
# step: available
# check: as-asked
# message: spec.accessModes
# A folder of one node, promised to many.
set -eu

kubectl apply -f - <<YAML
apiVersion: v1
kind: PersistentVolume
metadata:
  name: $WORKSPACE-pv
spec:
  capacity:
    storage: 1Gi
  accessModes: [ReadWriteMany]
  persistentVolumeReclaimPolicy: Retain
  storageClassName: manual
  hostPath:
    path: /tmp/$WORKSPACE
YAML

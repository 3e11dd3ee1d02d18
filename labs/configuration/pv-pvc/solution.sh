#!/bin/sh
# The files of the tasks.
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

# step: available
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

# step: fits-none
claim too-big 5Gi ReadWriteOnce
claim shared 500Mi ReadWriteMany
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=bound --timeout=60s

# step: bound
claim data 500Mi ReadWriteOnce
kubectl -n "$WORKSPACE" wait pvc/data --for=jsonpath='{.status.phase}'=Bound --timeout=60s
answer capacity "$(kubectl -n "$WORKSPACE" get pvc data -o jsonpath='{.status.capacity.storage}')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=released --timeout=60s

# step: released
kubectl -n "$WORKSPACE" delete pvc data
claim data 500Mi ReadWriteOnce
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=again --timeout=60s

# step: again
kubectl patch pv "$WORKSPACE-pv" --type=merge -p '{"spec":{"claimRef":null}}'

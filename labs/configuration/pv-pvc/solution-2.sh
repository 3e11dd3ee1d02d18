#!/bin/sh
# Other units, the volume asked for by its name; and the bond is not taken away but written anew for the new claim.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: available
kubectl create -f - <<YAML
apiVersion: v1
kind: PersistentVolume
metadata:
  name: $WORKSPACE-pv
  labels: {kind: test}
spec:
  capacity: {storage: 1024Mi}
  accessModes: [ReadWriteOnce]
  storageClassName: manual
  local: {path: /mnt}
  nodeAffinity:
    required:
      nodeSelectorTerms:
      - matchExpressions: [{key: kubernetes.io/os, operator: In, values: [linux]}]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=fits-none --timeout=60s

# step: fits-none
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: too-big}
spec:
  storageClassName: manual
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 5120Mi}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: shared}
spec:
  storageClassName: manual
  accessModes: [ReadWriteMany]
  resources: {requests: {storage: 500Mi}}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=bound --timeout=60s

# step: bound
cat >data.yaml <<YAML
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  storageClassName: manual
  volumeName: $WORKSPACE-pv
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 500Mi}}
YAML
kubectl -n "$WORKSPACE" create -f data.yaml
answer capacity 1024Mi
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=released --timeout=60s

# step: released
kubectl -n "$WORKSPACE" delete -f data.yaml
sed '/volumeName/d' data.yaml | kubectl -n "$WORKSPACE" create -f -
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=again --timeout=60s

# step: again
uid=$(kubectl -n "$WORKSPACE" get pvc data -o jsonpath='{.metadata.uid}')
kubectl patch pv "$WORKSPACE-pv" -p "{\"spec\":{\"claimRef\":{\"uid\":\"$uid\",\"resourceVersion\":null}}}"

#!/bin/sh
# The files of the tasks.
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

# step: claim
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

# step: written
guest writer
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=outlives --timeout=90s

# step: outlives
kubectl -n "$WORKSPACE" delete pod writer
guest reader
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=protected --timeout=90s

# step: protected
kubectl -n "$WORKSPACE" delete pvc data --wait=false
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="protected")].checks[?(@.name=="held")].verdict}'=Passed
kubectl -n "$WORKSPACE" delete pod reader
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

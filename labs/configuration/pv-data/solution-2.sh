#!/bin/sh
# The class by its name; the pod by kubectl run; the reader comes before the writer has gone; the deletion waits for the pod.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: claim
class=$(kubectl get storageclass -o jsonpath='{.items[?(@.metadata.annotations.storageclass\.kubernetes\.io/is-default-class=="true")].metadata.name}')
kubectl -n "$WORKSPACE" apply -f - <<YAML
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  storageClassName: $class
  volumeMode: Filesystem
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 102400Ki}}
YAML
answer class "$class"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=written --timeout=60s

# step: written
guest() {
    kubectl -n "$WORKSPACE" run "$1" --image=busybox:1.30 --overrides='{"apiVersion":"v1","spec":{"terminationGracePeriodSeconds":1,
      "containers":[{"name":"busybox","image":"busybox:1.30","args":["sh","-c","echo $HOSTNAME was here >>/data/book; tail -n 9 -f /data/book"],
        "volumeMounts":[{"name":"book","mountPath":"/data/"}]}],
      "volumes":[{"name":"book","persistentVolumeClaim":{"claimName":"data"}}]}}'
}
guest writer
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=outlives --timeout=90s

# step: outlives
guest reader
kubectl -n "$WORKSPACE" delete pod writer
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=protected --timeout=90s

# step: protected
kubectl -n "$WORKSPACE" delete pvc data &
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="protected")].checks[?(@.name=="held")].verdict}'=Passed
kubectl -n "$WORKSPACE" delete pod reader
wait

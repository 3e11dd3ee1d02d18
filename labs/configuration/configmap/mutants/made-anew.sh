#!/bin/sh
# step: change
# check: same
# message: is another one than when this step began
# A new pod reads the new file, as anybody would.
set -eu

cat >redis.properties <<'TEXT'
redis.host=127.0.0.1
redis.port=6379
redis.password=123456
TEXT
kubectl -n "$WORKSPACE" create configmap redis-config --from-file=redis.properties
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=mount --timeout=90s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: config-reader
spec:
  terminationGracePeriodSeconds: 2
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "while true; do grep . /etc/config/redis.properties; sleep 2; done"]
    volumeMounts:
    - name: config
      mountPath: /etc/config
  volumes:
  - name: config
    configMap:
      name: redis-config
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=change --timeout=90s

# Before the change: a pod that lives may read it at any moment.
kubectl -n "$WORKSPACE" delete pod config-reader --now
cat >redis.properties <<'TEXT'
redis.host=127.0.0.1
redis.port=6380
redis.password=123456
TEXT
kubectl -n "$WORKSPACE" create configmap redis-config --from-file=redis.properties --dry-run=client -o yaml |
    kubectl -n "$WORKSPACE" replace -f -
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: config-reader
spec:
  terminationGracePeriodSeconds: 2
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "while true; do grep . /etc/config/redis.properties; sleep 2; done"]
    volumeMounts:
    - name: config
      mountPath: /etc/config
  volumes:
  - name: config
    configMap:
      name: redis-config
YAML
kubectl -n "$WORKSPACE" wait pod/config-reader --for=condition=Ready --timeout=60s

#!/bin/sh
# step: mount
# check: mounted
# message: does not mount redis-config as a whole at /etc/config
# The file by subPath: it is read well, and would never change.
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
      mountPath: /etc/config/redis.properties
      subPath: redis.properties
  volumes:
  - name: config
    configMap:
      name: redis-config
YAML
kubectl -n "$WORKSPACE" wait pod/config-reader --for=condition=Ready --timeout=60s

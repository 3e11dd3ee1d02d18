#!/bin/sh
# From a manifest, one key of several; changed by a patch, with one key more.
set -eu

# step: make
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata:
  name: redis-config
data:
  redis.properties: |
    # for the tests
    redis.host=127.0.0.1
    redis.password=123456
    redis.port=6379
  other: is no harm
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=mount --timeout=90s

# step: mount
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: config-reader
spec:
  containers:
  - name: busybox
    image: busybox:1.30
    command: [sh, -c, "while cat /etc/config/redis.properties; do sleep 1; done"]
    volumeMounts:
    - {name: settings, mountPath: /etc/config/, readOnly: true}
  volumes:
  - name: settings
    projected:
      sources:
      - configMap: {name: redis-config, items: [{key: redis.properties, path: redis.properties}]}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=change --timeout=90s

# step: change
kubectl -n "$WORKSPACE" patch configmap redis-config -p \
    '{"data":{"redis.properties":"redis.host=127.0.0.1\nredis.port=6380\nredis.password=123456\n"}}'
kubectl -n "$WORKSPACE" label pod config-reader looked=twice

#!/bin/sh
# step: claim
# check: asked
# message: PersistentVolumeClaim data: spec.storageClassName
# The empty text is not the default class, but none.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  storageClassName: ""
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 100Mi
YAML

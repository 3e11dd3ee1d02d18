#!/bin/sh
# step: no-such-key
# check: reference
# message: No container of worker has SECRET_USERNAME from the key username of test-secret
# The Secret is changed to fit the pod: it runs, by a second key.
set -eu

kubectl -n "$WORKSPACE" patch deployment web --patch-file /dev/stdin <<'YAML'
spec:
  template:
    spec:
      containers:
      - name: nginx
        env:
        - name: SECRET_USERNAME
          valueFrom:
            secretKeyRef:
              name: test-secret
              key: username
        - name: SECRET_PASSWORD
          valueFrom:
            secretKeyRef:
              name: test-secret
              key: password
YAML
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=no-such-key --timeout=90s

kubectl -n "$WORKSPACE" patch secret test-secret -p '{"stringData":{"user":"root"}}'
kubectl -n "$WORKSPACE" wait pod/worker --for=condition=Ready --timeout=90s

#!/bin/sh
# step: no-such-key
# check: runs
# message: Pod worker is not ready
# The same pod once more waits for the same key.
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

kubectl -n "$WORKSPACE" get pod worker -o yaml | kubectl -n "$WORKSPACE" replace --force -f -
kubectl -n "$WORKSPACE" wait pod/worker --timeout=60s \
    --for=jsonpath='{.status.containerStatuses[0].state.waiting.reason}'=CreateContainerConfigError

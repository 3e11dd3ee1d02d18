#!/bin/sh
# step: change
# check: by-reference
# message: no longer has SECRET_USERNAME by secretKeyRef
# The variable is overwritten in the Deployment.
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

kubectl -n "$WORKSPACE" get pod worker -o yaml | sed 's/key: user$/key: username/' |
    kubectl -n "$WORKSPACE" replace --force -f -
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=change --timeout=90s

kubectl -n "$WORKSPACE" patch secret test-secret -p '{"stringData":{"username":"admin"}}'
kubectl -n "$WORKSPACE" set env deployment/web SECRET_USERNAME=admin
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

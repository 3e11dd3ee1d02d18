#!/bin/sh
# step: variables
# check: references
# message: does not have both variables by secretKeyRef from test-secret
# As in the tutorial: one variable of the two.
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
YAML
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

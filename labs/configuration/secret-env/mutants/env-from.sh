#!/bin/sh
# step: variables
# check: page
# message: The page does not name the user that the Secret holds
# envFrom takes the keys as they are: the variable is SECRET_username.
set -eu

kubectl -n "$WORKSPACE" patch deployment web --patch-file /dev/stdin <<'YAML'
spec:
  template:
    spec:
      containers:
      - name: nginx
        envFrom:
        - prefix: SECRET_
          secretRef:
            name: test-secret
YAML
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

#!/bin/sh
# step: change
# check: changed
# message: does not hold the new user name, exactly so
# echo adds a line break; the page shows none.
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

kubectl -n "$WORKSPACE" patch secret test-secret -p "{\"data\":{\"username\":\"$(echo admin | base64)\"}}"
kubectl -n "$WORKSPACE" rollout restart deployment web
kubectl -n "$WORKSPACE" rollout status deployment web --timeout=60s

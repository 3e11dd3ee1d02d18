#!/bin/sh
# The tutorial's lines as a patch; the pod made anew; the Secret changed and the Deployment restarted.
set -eu

# step: variables
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

# step: no-such-key
kubectl -n "$WORKSPACE" get pod worker -o yaml | sed 's/key: user$/key: username/' |
    kubectl -n "$WORKSPACE" replace --force -f -
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=change --timeout=90s

# step: change
kubectl -n "$WORKSPACE" patch secret test-secret -p '{"stringData":{"username":"admin"}}'
kubectl -n "$WORKSPACE" rollout restart deployment web
kubectl -n "$WORKSPACE" rollout status deployment web --timeout=60s

#!/bin/sh
# The Secret by one command, the tutorial's Deployment, and the pod made anew from what the cluster has.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: make
kubectl -n "$WORKSPACE" create secret generic test-secret --from-literal=username=root --from-literal=password=123456
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=not-encrypted --timeout=90s

# step: not-encrypted
answer word "$(kubectl -n "$WORKSPACE" get secret old-secret -o jsonpath='{.data.password}' | base64 -d)"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=mount --timeout=90s

# step: mount
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    app: web
  name: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - image: nginx:1.14
        name: nginx
        volumeMounts:
        - name: secret-volume
          mountPath: /etc/secret-volume
      volumes:
      - name: secret-volume
        secret:
          secretName: test-secret
YAML
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s
answer filesystem "$(kubectl -n "$WORKSPACE" exec deployment/web -- df /etc/secret-volume | awk 'NR == 2 { print $1 }')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=missing --timeout=90s

# step: missing
kubectl -n "$WORKSPACE" get pod report -o yaml | sed 's/test-secrets/test-secret/' |
    kubectl -n "$WORKSPACE" replace --force -f -

#!/bin/sh
# step: mount
# check: mounted
# message: No container of nginx:1.14 mounts test-secret at /etc/secret-volume
# Another folder than the one that was asked for.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create secret generic test-secret --from-literal=username=root --from-literal=password=123456
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=not-encrypted --timeout=90s

answer word opensesame
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=mount --timeout=90s

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
          mountPath: /etc/secret
      volumes:
      - name: secret-volume
        secret:
          secretName: test-secret
YAML
kubectl -n "$WORKSPACE" rollout status deployment/web --timeout=60s

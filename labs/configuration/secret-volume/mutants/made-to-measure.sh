#!/bin/sh
# step: missing
# check: test-secret
# message: No container of report mounts test-secret at /etc/secret-volume
# The Secret that it waits for is made: it runs, with other files than it should see.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create secret generic test-secret --from-literal=username=root --from-literal=password=123456
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=not-encrypted --timeout=90s

answer word opensesame
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=mount --timeout=90s

answer filesystem tmpfs
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
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=missing --timeout=90s

kubectl -n "$WORKSPACE" create secret generic test-secrets --from-literal=username=somebody
kubectl -n "$WORKSPACE" wait pod/report --for=condition=Ready --timeout=120s

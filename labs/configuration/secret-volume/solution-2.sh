#!/bin/sh
# The Secret from files and from a manifest with stringData; a projected volume; the other pod by a new file.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: make
printf root >username
kubectl -n "$WORKSPACE" create secret generic test-secret --from-file=username
kubectl -n "$WORKSPACE" patch secret test-secret -p '{"stringData":{"password":"123456","more":"is no harm"}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=not-encrypted --timeout=90s

# step: not-encrypted
answer word OpenSesame
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=mount --timeout=90s

# step: mount
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
      - image: docker.io/library/nginx:1.14
        name: nginx
        volumeMounts:
        - name: config
          mountPath: /etc/secret-volume/
      volumes:
      - name: config
        projected:
          sources:
          - secret: {name: old-secret, items: [{key: password, path: old}]}
          - secret: {name: test-secret}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=missing --timeout=90s

# step: missing
kubectl -n "$WORKSPACE" delete pod report --now
kubectl -n "$WORKSPACE" run report --image=nginx:1.14 --overrides='{"apiVersion":"v1","spec":{
  "containers":[{"name":"report","image":"nginx:1.14","volumeMounts":[{"name":"s","mountPath":"/etc/secret-volume"}]}],
  "volumes":[{"name":"none","emptyDir":{}},{"name":"s","secret":{"secretName":"test-secret"}}]}}'

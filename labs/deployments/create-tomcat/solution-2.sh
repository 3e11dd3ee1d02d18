#!/bin/sh
# From a file, with labels of one's own; on three pods, of which any may be named.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}
ask() {
    kubectl -n "$WORKSPACE" get pods -l run=cat -o jsonpath="{.items[$1]$2}"
}

# step: create
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: tomcat
spec:
  replicas: 3
  selector:
    matchLabels:
      run: cat
  template:
    metadata:
      labels:
        run: cat
    spec:
      containers:
      - name: server
        image: docker.io/library/tomcat:6.0.53-jre8
YAML
kubectl -n "$WORKSPACE" rollout status deployment/tomcat --timeout=90s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=where --timeout=90s

# step: where
answer node "$(ask 2 .spec.nodeName)"
answer address " $(ask 1 .status.podIP) "
answer maker replicaset
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=next --timeout=60s

# step: next
kubectl -n "$WORKSPACE" delete pods -l run=cat
# Not `rollout status`: until the Deployment has heard that its pod is gone, it counts it.
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="next")].checks[?(@.name=="replaced")].verdict}'=Passed
answer name "$(ask 0 .metadata.name)"

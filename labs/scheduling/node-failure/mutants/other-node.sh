#!/bin/sh
# step: stop
# check: not-ready
# message: The control plane still hears of
# The other node is stopped.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: tomcat
spec:
  replicas: 4
  selector:
    matchLabels: {app: tomcat}
  template:
    metadata:
      labels: {app: tomcat}
    spec:
      terminationGracePeriodSeconds: 1
      nodeSelector: {stage: failure}
      tolerations:
      - key: node.kubernetes.io/unreachable
        operator: Exists
        effect: NoExecute
        tolerationSeconds: 5
      containers:
      - name: tomcat
        image: tomcat:6.0.53-jre8
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=stop --timeout=60s

kubectl lab node stop node1
kubectl wait node/"$NODE1" --for=condition=Ready=unknown --timeout=90s

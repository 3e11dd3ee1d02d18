#!/bin/sh
# step: back
# check: ready
# message: is not Ready, or still has its taint
# The taint is taken off by hand: the node is as dead as before.
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

kubectl lab node stop node2
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=back --timeout=120s

kubectl uncordon "$NODE2"
kubectl taint node "$NODE2" node.kubernetes.io/unreachable:NoExecute- node.kubernetes.io/unreachable:NoSchedule- || true

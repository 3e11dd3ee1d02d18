#!/bin/sh
# The task's file and commands.
set -eu

# step: spread
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

# step: stop
kubectl lab node stop node2
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=back --timeout=120s

# step: back
kubectl lab node start node2
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rebalance --timeout=60s

# step: rebalance
kubectl -n "$WORKSPACE" rollout restart deployment tomcat
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

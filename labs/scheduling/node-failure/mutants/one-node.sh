#!/bin/sh
# step: spread
# check: both-nodes
# message: The pods of tomcat do not run on your two nodes, on both and nowhere else
# Pinned to one node by its name: the next failure takes all.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<YAML
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
      nodeSelector: {kubernetes.io/hostname: $NODE1}
      tolerations:
      - key: node.kubernetes.io/unreachable
        operator: Exists
        effect: NoExecute
        tolerationSeconds: 5
      containers:
      - name: tomcat
        image: tomcat:6.0.53-jre8
YAML
kubectl -n "$WORKSPACE" rollout status deployment tomcat --timeout=60s

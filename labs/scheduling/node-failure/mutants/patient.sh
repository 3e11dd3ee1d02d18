#!/bin/sh
# step: spread
# check: impatient
# message: A pod of tomcat does not tolerate node.kubernetes.io/unreachable:NoExecute for 5 seconds
# Nothing is said: each pod gets 300 seconds from the API server.
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
      containers:
      - name: tomcat
        image: tomcat:6.0.53-jre8
YAML
kubectl -n "$WORKSPACE" rollout status deployment tomcat --timeout=60s

#!/bin/sh
# step: stop
# check: not-ready
# message: The control plane still hears of
# The node is emptied, not stopped.
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

# drain takes the pods off with notice; nothing else of the node is changed.
kubectl cordon "$NODE2"
for pod in $(kubectl -n "$WORKSPACE" get pods --field-selector spec.nodeName="$NODE2" -o name); do
    kubectl -n "$WORKSPACE" delete "$pod"
done
kubectl -n "$WORKSPACE" rollout status deployment tomcat --timeout=60s

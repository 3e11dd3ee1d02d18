#!/bin/sh
# By commands; then a Deployment takes over from the pod.
set -eu

# step: pod
kubectl -n "$WORKSPACE" run k8s-demo --image=k8s-demo:0.1 --labels=app=k8s --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=60s

# step: service
kubectl -n "$WORKSPACE" expose pod k8s-demo --name=k8s-demo-svc --type=NodePort --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=update --timeout=60s

# step: update
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: k8s-demo-deployment
spec:
  replicas: 3
  selector:
    matchLabels:
      app: k8s
      run: deployment
  template:
    metadata:
      labels:
        app: k8s
        run: deployment
    spec:
      containers:
      - name: k8s-demo-pod
        image: k8s-demo:0.2
        ports:
        - containerPort: 80
YAML
kubectl -n "$WORKSPACE" rollout status deployment/k8s-demo-deployment --timeout=60s
kubectl -n "$WORKSPACE" delete pod k8s-demo
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

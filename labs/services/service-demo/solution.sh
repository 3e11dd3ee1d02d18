#!/bin/sh
# The tutorial's files; the pod's image changed in place.
set -eu

# step: pod
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: k8s-demo
  labels:
    app: k8s
spec:
  containers:
  - name: k8s-demo
    image: k8s-demo:0.1
    ports:
    - containerPort: 80
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=60s

# step: service
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: k8s-demo-svc
spec:
  selector:
    app: k8s
  type: NodePort
  ports:
  - protocol: TCP
    port: 80
    targetPort: 80
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=update --timeout=60s

# step: update
kubectl -n "$WORKSPACE" set image pod/k8s-demo k8s-demo=k8s-demo:0.2
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

#!/bin/sh
# step: update
# check: same-service
# message: is not the one that was there when this step began
# A Service made anew has another address and another node port.
set -eu

kubectl -n "$WORKSPACE" run k8s-demo --image=k8s-demo:0.1 --labels=app=k8s --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=60s
kubectl -n "$WORKSPACE" expose pod k8s-demo --name=k8s-demo-svc --type=NodePort --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=update --timeout=60s

kubectl -n "$WORKSPACE" delete service k8s-demo-svc
kubectl -n "$WORKSPACE" set image pod/k8s-demo k8s-demo=k8s-demo:0.2
kubectl -n "$WORKSPACE" expose pod k8s-demo --name=k8s-demo-svc --type=NodePort --port=80

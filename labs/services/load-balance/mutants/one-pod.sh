#!/bin/sh
# step: service
# check: three
# message: are not just web1, web2 and web3
# kubectl run without --labels: run=web1 and so on, and a Service for the first alone.
set -eu

for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" run "$pod" --image=nginx:1.17.1 --port=80
    kubectl -n "$WORKSPACE" wait pod/"$pod" --for=condition=Ready --timeout=60s
done
for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" exec "$pod" -- sh -c "echo $pod > /usr/share/nginx/html/index.html"
done
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=60s

kubectl -n "$WORKSPACE" expose pod web1 --name=web --port=80

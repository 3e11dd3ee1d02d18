#!/bin/sh
# step: all-three
# check: seen
# message: The log of client has fewer than 30 lines
# Asked once: somebody has answered.
set -eu

for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" run "$pod" --image=nginx:1.17.1 --labels=app=web --port=80
done
kubectl -n "$WORKSPACE" wait pods -l app=web --for=condition=Ready --timeout=60s
for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" exec "$pod" -- sh -c "echo $pod > /usr/share/nginx/html/index.html"
done
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=60s
kubectl -n "$WORKSPACE" expose pod web1 --name=web --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=all-three --timeout=60s

kubectl -n "$WORKSPACE" run client --image=busybox:1.30 --restart=Never -- \
    sh -c 'for n in $(seq 1); do wget -qO- http://web/; done'
kubectl -n "$WORKSPACE" wait pod/client --for=jsonpath='{.status.phase}'=Succeeded --timeout=60s

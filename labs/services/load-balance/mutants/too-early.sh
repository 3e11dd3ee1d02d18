#!/bin/sh
# step: one-less
# check: not-seen
# message: The log of client2 has fewer than 30 lines, or web2 in it
# The client asks first, the pod goes afterwards.
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
    sh -c 'for n in $(seq 30); do wget -qO- http://web/; done'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=one-less --timeout=60s

kubectl -n "$WORKSPACE" run client2 --image=busybox:1.30 --restart=Never -- \
    sh -c 'for n in $(seq 30); do wget -qO- http://web/; done'
kubectl -n "$WORKSPACE" wait pod/client2 --for=jsonpath='{.status.phase}'=Succeeded --timeout=60s
kubectl -n "$WORKSPACE" delete pod web2

#!/bin/sh
# The commands of the tasks; the pod that goes is relabelled.
set -eu

# step: pages
for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" run "$pod" --image=nginx:1.17.1 --labels=app=web --port=80
done
kubectl -n "$WORKSPACE" wait pods -l app=web --for=condition=Ready --timeout=60s
for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" exec "$pod" -- sh -c "echo $pod > /usr/share/nginx/html/index.html"
done
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=60s

# step: service
kubectl -n "$WORKSPACE" expose pod web1 --name=web --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=all-three --timeout=60s

# step: all-three
kubectl -n "$WORKSPACE" run client --image=busybox:1.30 --restart=Never -- \
    sh -c 'for n in $(seq 30); do wget -qO- http://web/; done'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=one-less --timeout=60s

# step: one-less
kubectl -n "$WORKSPACE" label pod web2 app=rest --overwrite
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="one-less")].checks[?(@.name=="out")].verdict}'=Passed
kubectl -n "$WORKSPACE" run client2 --image=busybox:1.30 --restart=Never -- \
    sh -c 'sleep 2; for n in $(seq 30); do wget -qO- http://web/; done'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

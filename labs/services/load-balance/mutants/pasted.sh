#!/bin/sh
# step: pages
# check: web2
# message: The page of web2 does not say web2 alone
# Pasted three times: every page says web1.
set -eu

for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" run "$pod" --image=nginx:1.17.1 --labels=app=web --port=80
done
kubectl -n "$WORKSPACE" wait pods -l app=web --for=condition=Ready --timeout=60s
for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" exec "$pod" -- sh -c 'echo web1 > /usr/share/nginx/html/index.html'
done

#!/bin/sh
# step: pages
# check: web1
# message: The page of web1 does not say web1 alone
# The page is written on the own machine: > is read by the shell in front of kubectl.
set -eu

for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" run "$pod" --image=nginx:1.17.1 --labels=app=web --port=80
done
kubectl -n "$WORKSPACE" wait pods -l app=web --for=condition=Ready --timeout=60s
for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" exec "$pod" -- echo "$pod" >index.html
done

#!/bin/sh
# One command; the label is app=nginx-deployment then.
set -eu

# step: create
kubectl -n "$WORKSPACE" create deployment nginx-deployment --image=nginx:1.7.9

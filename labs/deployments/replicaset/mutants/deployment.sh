#!/bin/sh
# step: create
# check: replicas
# message: ReplicaSet k8s-demo-rs does not exist in namespace
# A Deployment of that name; its ReplicaSet has a name of its own.
set -eu

kubectl -n "$WORKSPACE" create deployment k8s-demo-rs --image=nginx:1.17.4-alpine --replicas=3

#!/bin/sh
# step: service
# check: node-port
# message: spec.type is ClusterIP, wanted NodePort
# The type is left out: nobody outside of the cluster gets in.
set -eu

kubectl -n "$WORKSPACE" expose deployment nginx-deployment --name=nginx-service --port=80

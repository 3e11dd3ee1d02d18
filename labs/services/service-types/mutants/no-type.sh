#!/bin/sh
# step: three
# check: loadbalancer
# message: spec.type is ClusterIP, wanted LoadBalancer
# The name says it, the type does not.
set -eu

for name in clusterip nodeport loadbalancer; do
    kubectl -n "$WORKSPACE" expose deployment web --name="web-$name" --port=80
done

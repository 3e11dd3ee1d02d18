#!/bin/sh
# step: three
# check: same-pods
# message: Not each of the three Services leads to port 80 of the two pods of web
# kubectl create service selects by the Service's own name.
set -eu

kubectl -n "$WORKSPACE" create service clusterip web-clusterip --tcp=80
kubectl -n "$WORKSPACE" create service nodeport web-nodeport --tcp=80
kubectl -n "$WORKSPACE" create service loadbalancer web-loadbalancer --tcp=80

#!/bin/sh
# step: four
# check: replicas
# message: Deployment nginx-deployment: spec.replicas is 1, wanted 4
# Three pods are added by hand; the Deployment does not count them.
set -eu

kubectl -n "$WORKSPACE" run nginx-2 --image=nginx:1.7.9
kubectl -n "$WORKSPACE" run nginx-3 --image=nginx:1.7.9
kubectl -n "$WORKSPACE" run nginx-4 --image=nginx:1.7.9

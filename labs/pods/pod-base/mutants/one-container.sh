#!/bin/sh
# step: half-ready
# check: containers
# message: size of spec.containers is 1, wanted 2
# kubectl run makes a pod of one container.
set -eu

kubectl -n "$WORKSPACE" run pod-base --image=nginx:1.17.1 --labels=user=admin

#!/bin/sh
# step: four
# check: replicas
# message: Deployment nginx-deployment: spec.replicas is 3, wanted 4
# Three more than before was meant, three were asked for.
set -eu

kubectl -n "$WORKSPACE" scale deployment nginx-deployment --replicas=3

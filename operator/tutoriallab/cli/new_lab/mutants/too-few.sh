#!/bin/sh
# step: scale
# check: replicas
# message: Deployment web: spec.replicas is 2, wanted 3
# A mistake that people make; above stands which check must see it, and a part of what the learner must read.
set -eu

kubectl -n "$WORKSPACE" scale deployment web --replicas=2

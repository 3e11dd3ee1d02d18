#!/bin/sh
# What a good learner would type. Another right way goes into solution-2.sh; prove runs them all.
set -eu

# step: scale
kubectl -n "$WORKSPACE" scale deployment web --replicas=3

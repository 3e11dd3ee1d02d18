#!/bin/sh
# step: green
# check: green-labels
# message: labels["app"] is shop-green, wanted shop
# Made by one command: the label is its own, and no colour.
set -eu

kubectl -n "$WORKSPACE" create deployment shop-green --image=nginx:1.17.4-alpine --replicas=3

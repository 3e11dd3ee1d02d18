#!/bin/sh
# step: label
# check: pro
# message: metadata.labels["nodeenv"] is test, wanted pro
# The labels are on the wrong nodes.
set -eu

kubectl label node "$NODE1" nodeenv=test
kubectl label node "$NODE2" nodeenv=pro

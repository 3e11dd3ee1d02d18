#!/bin/sh
# step: label
# check: test
# message: metadata.labels["nodeenv"] is not set
# The second node is forgotten.
set -eu

kubectl label node "$NODE1" nodeenv=pro

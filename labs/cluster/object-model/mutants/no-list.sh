#!/bin/sh
# step: explain
# check: containers-type
# message: 'Container' is not the answer: look again
# The type of one entry, not of the list.
set -eu

kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"containers-type":"Container"}}}'

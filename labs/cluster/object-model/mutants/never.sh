#!/bin/sh
# step: explain
# check: restart-policy
# message: `Never` is not the default of restartPolicy
# One of the possible values, not the default.
set -eu

kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"restart-policy":"Never"}}}'

#!/bin/sh
# step: defaults
# check: least
# message: rounded down
# Both limits are rounded up.
set -eu

kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"least":"7","most":"13"}}}'

#!/bin/sh
# step: explain
# check: grace-period
# message: `half a minute` is not the default number of seconds
# Right in words; a number was asked for.
set -eu

kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"grace-period":"half a minute"}}}'

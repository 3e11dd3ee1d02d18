#!/bin/sh
# step: machines
# check: version
# message: No node reports the version
# The version of kustomize, from the output of kubectl version, is taken for the cluster's.
set -eu

version=$(kubectl version --client | sed -n 's/^Kustomize Version: *//p')
kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"version\":\"$version\"}}}"

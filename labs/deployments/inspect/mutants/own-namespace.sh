#!/bin/sh
# step: get
# check: namespace
# message: There is no Service kube-dns in
# Looked for without -A.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

answer namespace "$WORKSPACE"

#!/bin/sh
# step: not-encrypted
# check: word
# message: is not what base64 -d makes of it
# The text as it stands in the YAML.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

kubectl -n "$WORKSPACE" create secret generic test-secret --from-literal=username=root --from-literal=password=123456
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=not-encrypted --timeout=90s

answer word b3BlbnNlc2FtZQ==

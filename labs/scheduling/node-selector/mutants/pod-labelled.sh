#!/bin/sh
# step: pro
# check: asks
# message: spec.nodeSelector["nodeenv"] is not set
# The label is on the pod, where it chooses no node.
set -eu

kubectl label node "$NODE1" nodeenv=pro
kubectl label node "$NODE2" nodeenv=test
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pro --timeout=60s

kubectl -n "$WORKSPACE" run pod-nodeselector --image=nginx:1.17.1 --labels=nodeenv=pro
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-nodeselector --timeout=60s

#!/bin/sh
# step: pinned
# check: there
# message: Pod pod-nodename does not exist in namespace
# The right node, the wrong name of the pod.
set -eu

kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: nodename
spec:
  nodeName: $NODE1
  containers:
  - name: nginx
    image: nginx:1.17.1
YAML

#!/bin/sh
# step: named
# check: port
# message: The container nginx lists no port 80, TCP, with the name nginx-port
# The wrong protocol: nothing is refused, as nothing is opened.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-ports
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    ports:
    - name: nginx-port
      containerPort: 80
      protocol: UDP
YAML

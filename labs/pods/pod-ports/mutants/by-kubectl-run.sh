#!/bin/sh
# step: named
# check: port
# message: The container nginx lists no port 80, TCP, with the name nginx-port
# kubectl run lists the port, without a name, in a container called like the pod.
set -eu

kubectl -n "$WORKSPACE" run pod-ports --image=nginx:1.17.1 --port=80

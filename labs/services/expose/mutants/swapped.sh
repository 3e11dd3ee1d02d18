#!/bin/sh
# step: expose
# check: service
# message: is of type NodePort with port 8080, wanted NodePort with port 80
# The two ports are swapped.
set -eu

kubectl -n "$WORKSPACE" expose deployment tomcat6 --port=8080 --target-port=80 --type=NodePort

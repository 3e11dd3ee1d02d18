#!/bin/sh
# step: expose
# check: service
# message: is of type ClusterIP
# The type is left out: nobody outside of the cluster gets in.
set -eu

kubectl -n "$WORKSPACE" expose deployment tomcat6 --port=80 --target-port=8080

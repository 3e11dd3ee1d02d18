#!/bin/sh
# step: deployment
# check: service-stays
# message: Service tomcat6 does not exist
# The Service goes in the same breath.
set -eu

kubectl -n "$WORKSPACE" delete deployment,service tomcat6

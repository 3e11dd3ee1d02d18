#!/bin/sh
# step: deployment
# check: gone
# message: Deployment tomcat6
# The pods are deleted, and come back.
set -eu

kubectl -n "$WORKSPACE" delete pods -l app=tomcat6

#!/bin/sh
# step: create
# check: image
# message: Deployment tomcat does not exist
# kubectl run makes a pod, and nobody replaces it.
set -eu

kubectl -n "$WORKSPACE" run tomcat --image=tomcat:6.0.53-jre8

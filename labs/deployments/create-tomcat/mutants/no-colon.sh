#!/bin/sh
# step: create
# check: image
# message: The image is tomcat6.0.53-jre8, wanted tomcat:6.0.53-jre8
# The tutorial's slip: without the colon it is the name of another image.
set -eu

kubectl -n "$WORKSPACE" create deploy tomcat --image=tomcat6.0.53-jre8

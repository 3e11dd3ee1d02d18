#!/bin/sh
# step: expose
# check: leads-to-tomcat
# message: does not lead to port 8080
# Without --target-port it is the port of the Service, 80.
set -eu

kubectl -n "$WORKSPACE" expose deployment tomcat6 --port=80 --type=NodePort

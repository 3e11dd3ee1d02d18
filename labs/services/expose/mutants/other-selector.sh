#!/bin/sh
# step: expose
# check: leads-to-tomcat
# message: does not lead to port 8080
# From a file, with the label of another Tomcat.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: tomcat6
spec:
  type: NodePort
  selector:
    app: tomcat
  ports:
  - port: 80
    targetPort: 8080
YAML

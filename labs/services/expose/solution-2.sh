#!/bin/sh
# From a file; the broken Service made anew, by the port's name at once.
set -eu

# step: expose
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: tomcat6
spec:
  type: NodePort
  selector:
    app: tomcat6
  ports:
  - name: web
    port: 80
    targetPort: 8080
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=wrong-port --timeout=90s

# step: wrong-port
kubectl -n "$WORKSPACE" delete service orders
kubectl -n "$WORKSPACE" expose deployment orders --port=80 --target-port=http
# step: by-name

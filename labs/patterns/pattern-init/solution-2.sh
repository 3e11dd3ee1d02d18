#!/bin/sh
# A shell that copies, other names for the volumes, full names for the images; the pod deleted and made anew.
set -eu

# step: hand-over
for version in v1 v2; do
    cat >"$version.yaml" <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: javaweb
  labels:
    app: javaweb
spec:
  terminationGracePeriodSeconds: 1
  volumes:
  - name: webapps
    emptyDir: {}
  - name: war
    configMap:
      name: sample-$version
  initContainers:
  - name: war
    image: docker.io/library/busybox:1.30
    command: [sh, -c]
    args:
    - |
      cp /release/*.war /app/
      ls -l /app
    volumeMounts:
    - name: war
      mountPath: /release
      readOnly: true
    - name: webapps
      mountPath: /app
  containers:
  - name: tomcat
    image: docker.io/library/tomcat:6.0.53-jre8
    volumeMounts:
    - name: webapps
      mountPath: /usr/local/tomcat/webapps/
      readOnly: false
YAML
done
kubectl -n "$WORKSPACE" create -f v1.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=once --timeout=60s

# step: once
kubectl -n "$WORKSPACE" exec javaweb -- sh -c 'kill -TERM 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=new-war --timeout=60s

# step: new-war
kubectl -n "$WORKSPACE" delete -f v1.yaml
kubectl -n "$WORKSPACE" create -f v2.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

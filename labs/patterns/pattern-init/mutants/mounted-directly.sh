#!/bin/sh
# step: hand-over
# check: shared
# message: No emptyDir is mounted by war and, at /usr/local/tomcat/webapps, by tomcat
# The ConfigMap itself is mounted where Tomcat looks: the application runs, and nobody handed anything over.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: javaweb
spec:
  terminationGracePeriodSeconds: 1
  initContainers:
  - name: war
    image: busybox:1.30
    command: [cp, /release/sample.war, /app]
    volumeMounts:
    - {name: release, mountPath: /release}
    - {name: app-volume, mountPath: /app}
  containers:
  - name: tomcat
    image: tomcat:6.0.53-jre8
    ports:
    - containerPort: 8080
    volumeMounts:
    - {name: release, mountPath: /usr/local/tomcat/webapps}
  volumes:
  - name: release
    configMap: {name: sample-v1}
  - name: app-volume
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/javaweb --for=condition=Ready --timeout=60s

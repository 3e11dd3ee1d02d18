#!/bin/sh
# step: hand-over
# check: shared
# message: No emptyDir is mounted by war and, at /usr/local/tomcat/webapps, by tomcat
# Each container has an empty volume of its own: the war lies where Tomcat does not look.
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
    - {name: webapps, mountPath: /usr/local/tomcat/webapps}
  volumes:
  - name: release
    configMap: {name: sample-v1}
  - name: app-volume
    emptyDir: {}
  - name: webapps
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/javaweb --for=condition=Ready --timeout=60s

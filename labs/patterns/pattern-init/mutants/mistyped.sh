#!/bin/sh
# step: hand-over
# check: handed-over
# message: The init container war has not ended with exit code 0
# The file's name is mistyped: the init container fails again and again, and Tomcat is never started.
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
    command: [cp, /release/simple.war, /app]
    volumeMounts:
    - {name: release, mountPath: /release}
    - {name: app-volume, mountPath: /app}
  containers:
  - name: tomcat
    image: tomcat:6.0.53-jre8
    ports:
    - containerPort: 8080
    volumeMounts:
    - {name: app-volume, mountPath: /usr/local/tomcat/webapps}
  volumes:
  - name: release
    configMap: {name: sample-v1}
  - name: app-volume
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" wait pod/javaweb --timeout=60s \
    --for=jsonpath='{.status.initContainerStatuses[0].restartCount}'=1

#!/bin/sh
# step: hand-over
# check: two-roles
# message: javaweb does not have the init container war of busybox:1.30 and the container tomcat
# Listed among the containers, war ends and is started again for ever.
set -eu

kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: javaweb
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: war
    image: busybox:1.30
    command: [cp, /release/sample.war, /app]
    volumeMounts:
    - {name: release, mountPath: /release}
    - {name: app-volume, mountPath: /app}
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

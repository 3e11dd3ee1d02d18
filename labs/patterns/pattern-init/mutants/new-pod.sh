#!/bin/sh
# step: once
# check: restarted
# message: The container tomcat of this pod has not been started again yet
# The whole pod is made anew: a new one, in which nothing was started again.
set -eu

cat >javaweb.yaml <<'YAML'
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
    - {name: app-volume, mountPath: /usr/local/tomcat/webapps}
  volumes:
  - name: release
    configMap: {name: sample-v1}
  - name: app-volume
    emptyDir: {}
YAML
kubectl -n "$WORKSPACE" apply -f javaweb.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=once --timeout=60s

kubectl -n "$WORKSPACE" replace --force -f javaweb.yaml
kubectl -n "$WORKSPACE" wait pod/javaweb --for=condition=Ready --timeout=60s

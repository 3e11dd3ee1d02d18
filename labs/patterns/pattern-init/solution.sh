#!/bin/sh
# The tutorial's pod; the new war by the same file with one word changed.
set -eu

# step: hand-over
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

# step: once
kubectl -n "$WORKSPACE" exec javaweb -c tomcat -- sh -c 'kill 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=new-war --timeout=60s

# step: new-war
sed -i s/sample-v1/sample-v2/ javaweb.yaml
kubectl -n "$WORKSPACE" replace --force -f javaweb.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

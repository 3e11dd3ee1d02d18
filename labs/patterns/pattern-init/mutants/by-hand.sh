#!/bin/sh
# step: new-war
# check: brought
# message: javaweb is still the pod that was there when this step began
# The new war is copied into the running container by hand: gone with the next pod.
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
kubectl -n "$WORKSPACE" exec javaweb -c tomcat -- sh -c 'kill 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=new-war --timeout=60s

kubectl -n "$WORKSPACE" get configmap sample-v2 -o jsonpath='{.binaryData.sample\.war}' | base64 -d >sample.war
kubectl -n "$WORKSPACE" exec -i javaweb -c tomcat -- \
    sh -c 'cat > /usr/local/tomcat/webapps/sample.war' <sample.war

#!/bin/sh
# step: pre-stop
# check: ended-well
# message: has not been seen to end with exit code 0 after the pod was deleted
# Forced away: nobody waits for the container's end.
set -eu

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-hook-exec
spec:
  containers:
  - name: main-container
    image: nginx:1.17.1
    ports:
    - name: nginx-port
      containerPort: 80
    lifecycle:
      postStart:
        exec:
          command: ["/bin/sh", "-c", "echo postStart... > /usr/share/nginx/html/index.html"]
      preStop:
        exec:
          command: ["/usr/sbin/nginx", "-s", "quit"]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pre-stop --timeout=90s

kubectl -n "$WORKSPACE" delete pod pod-hook-exec --force

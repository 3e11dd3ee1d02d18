#!/bin/sh
# step: time-to-leave
# check: ended-later
# message: has not been seen to end with exit code 0, at least 5 seconds after the deletion
# The hook takes longer than the grace period: it is cut off, and nginx killed.
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
kubectl -n "$WORKSPACE" delete pod pod-hook-exec
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=time-to-leave --timeout=60s

kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-hook-exec
spec:
  terminationGracePeriodSeconds: 6
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
          command: ["/bin/sh", "-c", "sleep 60; /usr/sbin/nginx -s quit"]
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-hook-exec --timeout=60s
kubectl -n "$WORKSPACE" delete pod pod-hook-exec

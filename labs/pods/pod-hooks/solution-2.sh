#!/bin/sh
# A shell in both hooks, deleted through its label; then the field that only waits.
set -eu

# step: post-start
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
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
          command:
          - sh
          - -c
          - |
            echo '<h1>postStart...</h1>' > /usr/share/nginx/html/index.html
      preStop:
        exec:
          command: [sh, -c, nginx -s quit]
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=pre-stop --timeout=90s

# step: pre-stop
kubectl -n "$WORKSPACE" label pod pod-hook-exec app=hooks
kubectl -n "$WORKSPACE" delete pod -l app=hooks --grace-period=20
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=time-to-leave --timeout=60s

# step: time-to-leave
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
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
      preStop:
        sleep:
          seconds: 6
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/pod-hook-exec --timeout=60s
kubectl -n "$WORKSPACE" delete pod pod-hook-exec

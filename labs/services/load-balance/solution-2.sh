#!/bin/sh
# YAML whose pods write their pages themselves; a client that lives on; the pod that goes is deleted.
set -eu

# step: pages
for pod in web1 web2 web3; do
    kubectl -n "$WORKSPACE" apply -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: $pod
  labels:
    app: web
    pod: $pod
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    command: [/bin/sh, -c, "hostname > /usr/share/nginx/html/index.html; exec nginx -g 'daemon off;'"]
YAML
done
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=service --timeout=60s

# step: service
kubectl -n "$WORKSPACE" create service clusterip web --tcp=80
kubectl -n "$WORKSPACE" set selector service web app=web
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=all-three --timeout=60s

# step: all-three
kubectl -n "$WORKSPACE" run client --image=busybox:1.30 -- \
    sh -c 'for n in $(seq 60); do wget -qO- http://web; done; sleep 3600'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=one-less --timeout=60s

# step: one-less
kubectl -n "$WORKSPACE" delete pod web2
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --timeout=60s \
    --for=jsonpath='{.status.steps[?(@.name=="one-less")].checks[?(@.name=="out")].verdict}'=Passed
kubectl -n "$WORKSPACE" run client2 --image=busybox:1.30 -- \
    sh -c 'sleep 2; for n in $(seq 60); do wget -qO- http://web; done; sleep 3600'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

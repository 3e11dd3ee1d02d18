#!/bin/sh
# The page from inside the cluster; pod and Service by files, with labels of one's own.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: named
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-ports
  labels: {mine: "yes"}
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    ports:
    - {containerPort: 80, name: nginx-port}
    - {containerPort: 443}
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=reached --timeout=90s

# step: reached
ip="$(kubectl -n "$WORKSPACE" get pod pod-ports -o jsonpath='{.status.podIP}')"
answer pod-ip " $ip "
page=$(kubectl -n "$WORKSPACE" exec client -- wget -qO- "http://$ip:80")
answer title "$(echo "$page" | sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' | tr '[:upper:]' '[:lower:]')"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=by-name --timeout=60s

# step: by-name
kubectl -n "$WORKSPACE" create -f - <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: pod-ports
spec:
  selector: {mine: "yes"}
  ports:
  - {name: web, port: 80, targetPort: 80}
  - {name: other, port: 8080, targetPort: nginx-port}
YAML

#!/bin/sh
# The files of the tasks.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# pod NAME POLICY CODE
pod() {
    kubectl -n "$WORKSPACE" replace --force -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: $1
spec:
  restartPolicy: $2
  containers:
  - name: busybox
    image: busybox:1.30
    command: ["/bin/sh", "-c", "sleep 2; exit $3"]
YAML
}

# step: fails
pod pod-always Always 1
pod pod-onfailure OnFailure 1
pod pod-never Never 1
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=succeeds --timeout=60s

# step: succeeds
pod pod-always Always 0
pod pod-onfailure OnFailure 0
pod pod-never Never 0
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=probe --timeout=60s

# step: probe
kubectl -n "$WORKSPACE" apply -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: pod-restartpolicy
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    ports:
    - name: nginx-port
      containerPort: 80
    livenessProbe:
      httpGet:
        scheme: HTTP
        port: 80
        path: /hello
      periodSeconds: 2
  restartPolicy: Never
YAML
kubectl -n "$WORKSPACE" wait pod/pod-restartpolicy --for=jsonpath='{.status.containerStatuses[0].state.terminated.reason}' --timeout=60s
answer exit-code "$(kubectl -n "$WORKSPACE" get pod pod-restartpolicy -o jsonpath='{.status.containerStatuses[0].state.terminated.exitCode}')"

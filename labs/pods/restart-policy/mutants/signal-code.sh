#!/bin/sh
# step: probe
# check: exit-code
# message: The container of pod-restartpolicy has not ended with the exit code `137`
# Killed, so 128 + 9? It was asked to end, and did.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# pod NAME POLICY COMMAND
pod() {
    kubectl -n "$WORKSPACE" run "$1" --image=busybox:1.30 --restart="$2" -- sh -c "$3"
}

pod pod-always Always 'exit 1'
pod pod-onfailure OnFailure 'exit 1'
pod pod-never Never 'exit 1'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=succeeds --timeout=60s

kubectl -n "$WORKSPACE" delete pod pod-always pod-onfailure pod-never --now
pod pod-always Always 'exit 0'
pod pod-onfailure OnFailure 'exit 0'
pod pod-never Never 'exit 0'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=probe --timeout=60s

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
answer exit-code 137

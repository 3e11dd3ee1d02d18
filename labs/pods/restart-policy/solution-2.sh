#!/bin/sh
# kubectl run for the six pods, with codes and commands of other kinds; the probe names its port.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# pod NAME POLICY COMMAND
pod() {
    kubectl -n "$WORKSPACE" run "$1" --image=busybox:1.30 --restart="$2" -- sh -c "$3"
}

# step: fails
pod pod-always Always 'exit 7'
pod pod-onfailure OnFailure 'cat /no/such/file'
pod pod-never Never 'exit 255'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=succeeds --timeout=60s

# step: succeeds
kubectl -n "$WORKSPACE" delete pod pod-always pod-onfailure pod-never --now
pod pod-always Always 'echo done'
pod pod-onfailure OnFailure 'date'
pod pod-never Never 'true'
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
        port: nginx-port
        path: /hello
      periodSeconds: 2
  restartPolicy: Never
YAML
kubectl -n "$WORKSPACE" wait pod/pod-restartpolicy --for=jsonpath='{.status.containerStatuses[0].state.terminated.reason}' --timeout=60s
answer exit-code "$(kubectl -n "$WORKSPACE" get pod pod-restartpolicy -o jsonpath='{.status.containerStatuses[0].state.terminated.exitCode}')"

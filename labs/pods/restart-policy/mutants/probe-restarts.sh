#!/bin/sh
# step: probe
# check: ended
# message: spec.restartPolicy is Always, wanted Never
# The policy is left out: the probe goes on ending it, the kubelet goes on restarting it.
set -eu

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
YAML

#!/bin/sh
# With a sidecar in front of it at first; repaired in place by the resize subresource (Kubernetes 1.33 and later).
set -eu

# step: fits
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-resources
spec:
  containers:
  - name: clock
    image: busybox:1.30
    command: [sleep, infinity]
  - name: nginx
    image: nginx:1.17.1
    resources:
      limits:
        cpu: "2"
        memory: 10Gi
      requests:
        cpu: "1"
        memory: 10Mi
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=too-big --timeout=60s

# step: too-big
kubectl -n "$WORKSPACE" replace --force -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-resources
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
    resources:
      limits:
        cpu: "2"
        memory: 10Gi
      requests:
        cpu: "1"
        memory: 10Gi
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=repair --timeout=60s

# step: repair
kubectl -n "$WORKSPACE" patch pod pod-resources --subresource=resize -p '{"spec":{"containers":[{"name":"nginx","resources":{"requests":{"memory":"10Mi"}}}]}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=qos --timeout=60s

# step: qos
kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p '{"spec":{"answers":{"qos":"Burstable"}}}'

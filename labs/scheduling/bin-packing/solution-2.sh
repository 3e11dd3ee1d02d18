#!/bin/sh
# The Deployment is made first and changed afterwards; a limit alone, which is a request, too; any toleration.
set -eu

# A share of a node's allocatable memory: percent NODE PERCENT
percent() {
  memory=$(kubectl get node "$1" -o jsonpath='{.status.allocatable.memory}')
  case $memory in
    *Gi) ki=$((${memory%Gi} * 1048576)) ;;
    *Mi) ki=$((${memory%Mi} * 1024)) ;;
    *Ki) ki=${memory%Ki} ;;
    *) ki=$((memory / 1024)) ;;
  esac
  echo "$((ki * $2 / 100))Ki"
}

# step: share
kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.14
kubectl -n "$WORKSPACE" patch deployment web -p '{"spec": {"template": {"spec": {"nodeSelector": {"stage": "packing"}}}}}'
kubectl -n "$WORKSPACE" rollout status deployment web --timeout=60s
kubectl -n "$WORKSPACE" set resources deployment web --limits=memory="$(percent "$NODE1" 37)"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=full --timeout=60s

# step: full
kubectl -n "$WORKSPACE" patch deployment web -p '{"spec": {"replicas": 3}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=limits --timeout=60s

# step: limits
kubectl -n "$WORKSPACE" set resources deployment web --requests=memory="$(percent "$NODE1" 10)"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=dedicated --timeout=60s

# step: dedicated
kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: batch
spec:
  nodeSelector:
    stage: packing
  tolerations:
  - operator: Exists
  containers:
  - name: nginx
    image: nginx:1.14
    resources:
      requests:
        memory: $(percent "$NODE2" 60)
YAML
kubectl -n "$WORKSPACE" scale deployment web --replicas=12

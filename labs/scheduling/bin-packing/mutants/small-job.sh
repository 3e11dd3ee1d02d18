#!/bin/sh
# step: dedicated
# check: batch-requests
# message: The pod batch does not request half of the
# Less than half, which leaves the node to be shared.
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

kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      nodeSelector:
        stage: packing
      containers:
      - name: nginx
        image: nginx:1.14
        resources:
          requests:
            memory: $(percent "$NODE1" 36)
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=full --timeout=60s

kubectl -n "$WORKSPACE" scale deployment web --replicas=3
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=limits --timeout=60s

kubectl -n "$WORKSPACE" set resources deployment web --requests=memory="$(percent "$NODE1" 10)" --limits=memory="$(percent "$NODE1" 36)"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=dedicated --timeout=60s

kubectl -n "$WORKSPACE" scale deployment web --replicas=12
kubectl -n "$WORKSPACE" create -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: batch
spec:
  nodeSelector:
    stage: packing
  tolerations:
  - {key: dedicated, operator: Equal, value: batch, effect: NoSchedule}
  containers:
  - name: nginx
    image: nginx:1.14
    resources:
      requests:
        memory: $(percent "$NODE2" 20)
YAML
kubectl -n "$WORKSPACE" wait --for=condition=Ready pod/batch --timeout=60s

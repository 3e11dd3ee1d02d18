#!/bin/sh
# Labels for expressions and the other way round; the Deployment is made first and gets its rules afterwards.
set -eu

# step: apart
kubectl -n "$WORKSPACE" apply -f - <<'YAML'
apiVersion: v1
kind: Pod
metadata:
  name: pod-podantiaffinity-required
spec:
  containers:
  - name: nginx
    image: nginx:1.17.1
  affinity:
    podAntiAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            podenv: pro
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=spread --timeout=60s

# step: spread
kubectl -n "$WORKSPACE" create deployment web --image=nginx:1.17.1
kubectl -n "$WORKSPACE" patch deployment web -p '{"spec": {"template": {"spec": {"nodeSelector": {"stage": "spread"},
  "affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{
    "topologyKey": "kubernetes.io/hostname",
    "labelSelector": {"matchExpressions": [{"key": "app", "operator": "In", "values": ["web"]}]}}]}}}}}}'
kubectl -n "$WORKSPACE" rollout status deployment web --timeout=60s
kubectl -n "$WORKSPACE" scale deployment web --replicas=2
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=full --timeout=60s

# step: full
kubectl -n "$WORKSPACE" patch deployment web -p '{"spec": {"replicas": 3}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=room --timeout=60s

# step: room
kubectl patch node "$NODE3" -p '{"metadata": {"labels": {"stage": "spread"}}}'

#!/bin/sh
# All Services from one file; answers as people type them.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: three
cat >services.yaml <<'YAML'
apiVersion: v1
kind: Service
metadata:
  name: web-clusterip
spec:
  selector:
    app: web
  ports:
  - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web-nodeport
spec:
  type: NodePort
  selector:
    app: web
  ports:
  - name: http
    port: 80
    targetPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web-loadbalancer
spec:
  type: LoadBalancer
  allocateLoadBalancerNodePorts: false
  selector:
    app: web
  ports:
  - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web-headless
spec:
  clusterIP: None
  selector:
    app: web
  ports:
  - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: docs
spec:
  type: ExternalName
  externalName: kubernetes.io
YAML
kubectl -n "$WORKSPACE" apply -f services.yaml
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=what-they-got --timeout=60s

# step: what-they-got
answer cluster-ips ３
answer node-ports 1
answer pending Load-Balancer-Provider
# step: headless
# step: external-name
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=names --timeout=60s

# step: names
answer full-name "Web-ClusterIP.$WORKSPACE.svc.cluster.local."
answer from-elsewhere "'web-clusterip.$WORKSPACE'"
answer headless-answer 'Pod-addresses'
answer external-answer another-name

#!/bin/sh
# By patches; both taints tolerated at once; the node called by its own name; pods deleted to be spread again.
set -eu

# step: spread
kubectl -n "$WORKSPACE" create deployment tomcat --image=docker.io/library/tomcat:6.0.53-jre8 --replicas=0
kubectl -n "$WORKSPACE" patch deployment tomcat --type=merge -p '{"spec": {"replicas": 4, "template": {"spec": {
  "nodeSelector": {"stage": "failure"},
  "tolerations": [{"operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 5}],
  "terminationGracePeriodSeconds": 1}}}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=stop --timeout=60s

# step: stop
kubectl lab node stop "$NODE2"
kubectl wait node/"$NODE2" --for=condition=Ready=unknown --timeout=90s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=back --timeout=60s

# step: back
kubectl lab node start "$NODE2"
kubectl wait node/"$NODE2" --for=condition=Ready --timeout=60s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=rebalance --timeout=60s

# step: rebalance
kubectl -n "$WORKSPACE" delete pods -l app=tomcat
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s

#!/bin/sh
# The stable one is updated in the end, and the canary has done its work; one slip on the way.
set -eu

answer() {
    kubectl -n "$LAB_NAMESPACE" patch lab "$LAB" --type=merge -p "{\"spec\":{\"answers\":{\"$1\":\"$2\"}}}"
}

# step: one-of-ten
kubectl -n "$WORKSPACE" get deployment web-stable -o yaml |
    sed -e 's/web-stable/web-canary/' -e 's/track: stable/track: canary/' -e 's/nginx:1.17.1/nginx:1.17.4-alpine/' \
        -e 's/replicas: 9/replicas: 1/' -e '/^  uid:/d' -e '/^  resourceVersion:/d' -e '/^status:/,$d' |
    kubectl -n "$WORKSPACE" create -f -
answer share ' 10 percent '
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=half --timeout=90s

# step: half
kubectl -n "$WORKSPACE" scale deployment web-stable --replicas=5
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[1].checks[2].reason}'=Violated --timeout=60s
kubectl -n "$LAB_NAMESPACE" annotate lab "$LAB" tutoriallab.dev/restart-step=again --overwrite
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.handled.restartStep}'=again --timeout=60s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[1].checks[2].reason}'=HoldsSoFar --timeout=90s
kubectl -n "$WORKSPACE" scale deployment web-canary --replicas=5
kubectl -n "$WORKSPACE" rollout status deployment/web-canary --timeout=60s
# Ready pods become endpoints a moment later.
until test "$(kubectl -n "$WORKSPACE" get endpointslices -l kubernetes.io/service-name=web \
    -o jsonpath='{.items[*].endpoints[?(@.conditions.ready==true)].targetRef.name}' | wc -w)" -ge 14; do sleep 1; done
kubectl -n "$WORKSPACE" scale deployment web-stable --replicas=5
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=all --timeout=90s

# step: all
kubectl -n "$WORKSPACE" set image deployment/web-stable nginx=nginx:1.17.4-alpine
kubectl -n "$WORKSPACE" rollout status deployment/web-stable --timeout=90s
kubectl -n "$WORKSPACE" scale deployment web-stable --replicas=10
kubectl -n "$WORKSPACE" rollout status deployment/web-stable --timeout=60s
# Ready pods become endpoints a moment later.
until test "$(kubectl -n "$WORKSPACE" get endpointslices -l kubernetes.io/service-name=web \
    -o jsonpath='{.items[*].endpoints[?(@.conditions.ready==true)].targetRef.name}' | wc -w)" -ge 15; do sleep 1; done
kubectl -n "$WORKSPACE" delete deployment web-canary

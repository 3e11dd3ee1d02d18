#!/bin/sh
# Green as a copy of blue, with a container of another name; a slip on the way, and the step once more.
set -eu

# step: green
kubectl -n "$WORKSPACE" get deployment shop-blue -o yaml |
    sed -e 's/shop-blue/shop-green/' -e 's/version: blue/version: green/' -e 's/nginx:1.17.1/nginx:1.17.4-alpine/' \
        -e '/^  uid:/d' -e '/^  resourceVersion:/d' -e '/^status:/,$d' |
    kubectl -n "$WORKSPACE" create -f -
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=switch --timeout=90s

# step: switch
kubectl -n "$WORKSPACE" patch service shop --type=json -p '[{"op": "remove", "path": "/spec/selector/version"}]'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[1].checks[2].reason}'=Violated --timeout=60s
kubectl -n "$LAB_NAMESPACE" annotate lab "$LAB" tutoriallab.dev/restart-step=again --overwrite
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.handled.restartStep}'=again --timeout=60s
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.steps[1].checks[2].reason}'=HoldsSoFar --timeout=90s
kubectl -n "$WORKSPACE" set selector service shop app=shop,version=green
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=back --timeout=90s

# step: back
kubectl -n "$WORKSPACE" set selector service shop app=shop,version=blue
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=retire --timeout=90s

# step: retire
kubectl -n "$WORKSPACE" set selector service shop version=green
kubectl -n "$WORKSPACE" scale deployment shop-blue --replicas=0
kubectl -n "$WORKSPACE" delete deployment shop-blue

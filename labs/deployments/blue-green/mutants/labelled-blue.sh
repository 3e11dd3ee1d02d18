#!/bin/sh
# step: green
# check: users-on-blue
# message: The Service shop had endpoints other than the pods of shop-blue, or none
# The label is copied as well: users come to the new version before it was tested.
set -eu

kubectl -n "$WORKSPACE" create deployment shop-green --image=nginx:1.17.4-alpine --replicas=3 --dry-run=client -o yaml |
    sed 's/^\( *\)app: shop-green/\1app: shop\n\1version: blue\n\1colour: green/' |
    kubectl -n "$WORKSPACE" apply -f -

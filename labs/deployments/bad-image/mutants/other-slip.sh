#!/bin/sh
# step: break-it
# check: refused
# message: No pod of web waits with the reason InvalidImageName
# Another slip, of another kind: this name is well formed, and its image is looked for.
set -eu

kubectl -n "$WORKSPACE" create deployment web --image=nginx/nginx:1.7.99

#!/bin/sh
# step: one-of-ten
# check: track
# message: labels["app"] is web-canary, wanted web
# Made by one command: its label is its own, and the Service does not see it.
set -eu

kubectl -n "$WORKSPACE" create deployment web-canary --image=nginx:1.17.4-alpine

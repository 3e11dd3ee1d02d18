#!/bin/sh
# All by kubectl run.
set -eu

# step: given
kubectl -n "$WORKSPACE" run pod-env --image=busybox:1.30 --overrides='{"apiVersion":"v1","spec":{"containers":[
  {"name":"busybox","image":"busybox:1.30","stdin":true,"tty":true,
  "env":[{"name":"password","value":"123456"},{"name":"username","value":"admin"}]}]}}'
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=without-a-shell --timeout=90s

# step: without-a-shell
kubectl -n "$WORKSPACE" run pod-env-log --image=busybox:1.30 --restart=OnFailure --overrides='{"apiVersion":"v1","spec":{"containers":[{"name":"busybox","image":"busybox:1.30",
  "command":["echo"],"args":["I","am","$(username)"],
  "env":[{"name":"password","value":"123456"},{"name":"username","value":"admin"}]}]}}'

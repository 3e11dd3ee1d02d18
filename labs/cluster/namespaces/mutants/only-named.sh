#!/bin/sh
# step: make
# check: there
# message: Namespace dev does not exist
# The context is told to use dev; that makes no namespace.
set -eu

kubectl config set-context --current --namespace=dev

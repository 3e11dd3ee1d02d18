#!/bin/sh
# step: sync
# check: settings
# message: ConfigMap web-settings does not exist
# Only one file of the folder.
set -eu

kubectl apply -f desired/deployment.yaml -f desired/service.yaml

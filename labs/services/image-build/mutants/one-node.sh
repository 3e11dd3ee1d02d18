#!/bin/sh
# step: build
# check: on-the-nodes
# message: A worker node does not list the image k8s-demo:
# Brought onto one node: the pod runs there, or not, by chance.
set -eu

kubectl -n "$WORKSPACE" run busybox --image=busybox:1.30 -- sleep 3600
kubectl -n "$WORKSPACE" wait pod/busybox --for=condition=Ready --timeout=60s
kubectl -n "$WORKSPACE" exec busybox -- cat /bin/busybox >busybox
chmod +x busybox
cat >Dockerfile <<'DOCKERFILE'
FROM scratch
COPY busybox /bin/busybox
COPY index.html /www/index.html
CMD ["/bin/busybox", "httpd", "-f", "-p", "80", "-h", "/www"]
DOCKERFILE
cluster=$(kubectl get nodes -l node-role.kubernetes.io/control-plane -o jsonpath='{.items[0].metadata.name}')
cluster=${cluster%-control-plane}
echo "<h1>Hello from $WORKSPACE</h1>" >index.html
docker build -q -t "k8s-demo:$WORKSPACE" .
kind load docker-image "k8s-demo:$WORKSPACE" --name "$cluster" --nodes "$cluster-worker"
docker rmi "k8s-demo:$WORKSPACE"

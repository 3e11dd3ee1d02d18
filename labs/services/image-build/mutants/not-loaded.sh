#!/bin/sh
# step: build
# check: on-the-nodes
# message: A worker node does not list the image k8s-demo:
# Built, and left in the engine.
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
echo "<h1>Hello from $WORKSPACE</h1>" >index.html
docker build -q -t "k8s-demo:$WORKSPACE" .
docker rmi "k8s-demo:$WORKSPACE"

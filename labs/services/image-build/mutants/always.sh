#!/bin/sh
# step: run
# check: image
# message: and a policy that lets the node take what it has
# Always asks a registry, which does not know the image.
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
kind load docker-image "k8s-demo:$WORKSPACE" --name "$cluster"
docker rmi "k8s-demo:$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=run --timeout=90s

kubectl -n "$WORKSPACE" run k8s-demo --image="k8s-demo:$WORKSPACE" --image-pull-policy=Always --port=80

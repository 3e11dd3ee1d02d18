#!/bin/sh
# step: run
# check: page
# message: The page of k8s-demo does not say Hello from
# The page says something else.
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
echo "<h1>Hello</h1>" >index.html
docker build -q -t "k8s-demo:$WORKSPACE" .
kind load docker-image "k8s-demo:$WORKSPACE" --name "$cluster"
docker rmi "k8s-demo:$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=run --timeout=90s

kubectl -n "$WORKSPACE" run k8s-demo --image="k8s-demo:$WORKSPACE" --image-pull-policy=Never --port=80
kubectl -n "$WORKSPACE" wait pod/k8s-demo --for=condition=Ready --timeout=60s

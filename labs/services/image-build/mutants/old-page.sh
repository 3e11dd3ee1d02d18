#!/bin/sh
# step: second
# check: page
# message: The page of k8s-demo is not the new one
# A new tag on the old image: the build was forgotten.
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
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=run --timeout=90s

kubectl -n "$WORKSPACE" run k8s-demo --image="k8s-demo:$WORKSPACE" --image-pull-policy=Never --port=80
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=second --timeout=90s

docker tag "k8s-demo:$WORKSPACE" "k8s-demo:$WORKSPACE-2"
kind load docker-image "k8s-demo:$WORKSPACE-2" --name "$cluster"
docker rmi "k8s-demo:$WORKSPACE" "k8s-demo:$WORKSPACE-2"
kubectl -n "$WORKSPACE" set image pod/k8s-demo k8s-demo="k8s-demo:$WORKSPACE-2"
kubectl -n "$WORKSPACE" wait pod/k8s-demo --timeout=60s --for=jsonpath='{.status.containerStatuses[0].restartCount}'=1

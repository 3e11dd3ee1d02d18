#!/bin/sh
# Without a Dockerfile and without kind: a root file system imported, and images handed to each node's containerd.
set -eu

kubectl -n "$WORKSPACE" run busybox --image=busybox:1.30 -- sleep 3600
kubectl -n "$WORKSPACE" wait pod/busybox --for=condition=Ready --timeout=60s
mkdir -p root/bin root/www
kubectl -n "$WORKSPACE" exec busybox -- cat /bin/busybox >root/bin/busybox
chmod +x root/bin/busybox

publish() {
    echo "$1" >root/www/index.html
    tar -C root -cf - . |
        docker import -c 'CMD ["/bin/busybox", "httpd", "-f", "-p", "80", "-h", "/www"]' - "$2"
    for node in $(kubectl get nodes -o jsonpath='{.items[*].metadata.name}'); do
        docker save "$2" | docker exec -i "$node" ctr -n k8s.io images import -
    done
}

# step: build
publish "Hello from $WORKSPACE" "k8s-demo:$WORKSPACE"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=run --timeout=90s

# step: run
kubectl -n "$WORKSPACE" apply -f - <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: k8s-demo
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: web
    image: docker.io/library/k8s-demo:$WORKSPACE
YAML
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=jsonpath='{.status.step}'=second --timeout=60s

# step: second
publish "Hello again from $WORKSPACE" "k8s-demo:$WORKSPACE-2"
kubectl -n "$WORKSPACE" delete pod k8s-demo
kubectl -n "$WORKSPACE" run k8s-demo --image="k8s-demo:$WORKSPACE-2"
kubectl -n "$LAB_NAMESPACE" wait lab/"$LAB" --for=condition=Completed --timeout=60s
docker rmi "k8s-demo:$WORKSPACE" "k8s-demo:$WORKSPACE-2"

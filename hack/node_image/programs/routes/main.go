// routes keeps a node's routes to the pods of the other nodes, one a node, as the nodes come and go.
//
// Within a node containerd's bridge plugin connects the pods; this DaemonSet on the host's network does the rest
// of a CNI for a cluster whose nodes share one network: a route to each node's pod range by that node's address,
// and masquerading of what leaves the cluster.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

const account = "/var/run/secrets/kubernetes.io/serviceaccount/"

// silence is for how long a watch may say nothing; the API server ends it earlier.
const silence = 6 * time.Minute

type node struct {
	Metadata struct {
		Name string `json:"name"`
	} `json:"metadata"`
	Spec struct {
		PodCIDR string `json:"podCIDR"`
	} `json:"spec"`
	Status struct {
		Addresses []struct {
			Type    string `json:"type"`
			Address string `json:"address"`
		} `json:"addresses"`
	} `json:"status"`
}

func (n node) address() string {
	for _, one := range n.Status.Addresses {
		if one.Type == "InternalIP" {
			return one.Address
		}
	}
	return ""
}

type event struct {
	Type   string `json:"type"`
	Object node   `json:"object"`
}

func main() {
	self, pods := os.Getenv("NODE_NAME"), os.Getenv("POD_SUBNET")
	if self == "" || pods == "" {
		log.Fatal("NODE_NAME and POD_SUBNET have to be set")
	}
	// Until there is a route to a node's pods, nothing that is meant for them leaves by the default gateway.
	must("ip", "route", "replace", "unreachable", pods)
	masquerade := strings.Fields("POSTROUTING -s " + pods + " ! -d " + pods +
		" -m comment --comment leaves-the-cluster -j MASQUERADE")
	if run("iptables", append([]string{"-w", "-t", "nat", "-C"}, masquerade...)...) != nil {
		must("iptables", append([]string{"-w", "-t", "nat", "-A"}, masquerade...)...)
	}
	for {
		if err := follow(self); err != nil {
			log.Printf("watching nodes: %v", err)
		}
		time.Sleep(time.Second)
	}
}

// follow watches all nodes (the first events are those that exist) until the watch ends.
func follow(self string) error {
	client, err := connect()
	if err != nil {
		return err
	}
	token, err := os.ReadFile(account + "token")
	if err != nil {
		return err
	}
	host, port := os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT")
	request, err := http.NewRequest("GET", "https://"+host+":"+port+"/api/v1/nodes?watch=1&timeoutSeconds=300", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+string(token))
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the API server says %s", response.Status)
	}
	for events := json.NewDecoder(response.Body); ; {
		var one event
		if err := events.Decode(&one); err != nil {
			return err
		}
		if one.Object.Metadata.Name != self {
			apply(one)
		}
	}
}

func connect() (*http.Client, error) {
	authority, err := os.ReadFile(account + "ca.crt")
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	return &http.Client{Transport: transport, Timeout: silence}, nil
}

func apply(one event) {
	pods, via := one.Object.Spec.PodCIDR, one.Object.address()
	switch {
	case pods == "" || via == "":
	case one.Type == "DELETED":
		_ = run("ip", "route", "del", pods)
	case one.Type == "ADDED" || one.Type == "MODIFIED":
		if err := run("ip", "route", "replace", pods, "via", via); err != nil {
			log.Printf("route to the pods of %s: %v", one.Object.Metadata.Name, err)
		}
	}
}

func run(program string, arguments ...string) error {
	said, err := exec.Command(program, arguments...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w: %s", program, strings.Join(arguments, " "), err, said)
	}
	return nil
}

func must(program string, arguments ...string) {
	if err := run(program, arguments...); err != nil {
		log.Fatal(err)
	}
}

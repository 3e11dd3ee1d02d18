// registry offers the images of a node's /kind/images to the containerd beside it, on loopback alone.
//
// It stands in for every registry: what it has not is "not found" at once, and nothing is asked of the network.
// It speaks the part of the OCI distribution API that a pull needs, and reads an OCI image layout.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// nameKey is where containerd's tools keep an image's whole name in a layout's index.
const nameKey = "io.containerd.image.name"

type descriptor struct {
	MediaType   string            `json:"mediaType"`
	Digest      string            `json:"digest"`
	Annotations map[string]string `json:"annotations"`
}

type registry struct {
	blobs  string
	byName map[string]descriptor // docker.io/library/nginx:1.17.1
	types  map[string]string     // digest of a manifest: its media type
}

func open(folder string) (*registry, error) {
	text, err := os.ReadFile(filepath.Join(folder, "index.json"))
	if err != nil {
		return nil, err
	}
	var index struct {
		Manifests []descriptor `json:"manifests"`
	}
	if err := json.Unmarshal(text, &index); err != nil {
		return nil, fmt.Errorf("%s/index.json: %w", folder, err)
	}
	r := &registry{filepath.Join(folder, "blobs", "sha256"), map[string]descriptor{}, map[string]string{}}
	for _, one := range index.Manifests {
		r.byName[one.Annotations[nameKey]] = one
		r.types[one.Digest] = one.MediaType
	}
	return r, nil
}

func (r *registry) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	path, found := strings.CutPrefix(request.URL.Path, "/v2/")
	switch {
	case request.Method != http.MethodGet && request.Method != http.MethodHead:
		refuse(w, http.StatusMethodNotAllowed, "UNSUPPORTED", "this registry is only read")
	case found && path == "":
		w.WriteHeader(http.StatusOK)
	default:
		if name, reference, ok := split(path, "/manifests/"); found && ok {
			r.manifest(w, request, name, reference)
		} else if _, digest, ok := split(path, "/blobs/"); found && ok {
			r.blob(w, request, digest)
		} else {
			refuse(w, http.StatusNotFound, "UNSUPPORTED", "no such endpoint")
		}
	}
}

func (r *registry) manifest(w http.ResponseWriter, request *http.Request, name, reference string) {
	// containerd says in ns which registry it would have asked.
	host := request.URL.Query().Get("ns")
	if host == "" {
		host = "docker.io"
	}
	digest := reference
	if !strings.HasPrefix(reference, "sha256:") {
		one, ok := r.byName[host+"/"+name+":"+reference]
		if !ok {
			refuse(w, http.StatusNotFound, "MANIFEST_UNKNOWN", "this offline cluster has no such image")
			return
		}
		digest = one.Digest
	}
	kind, ok := r.types[digest]
	if !ok {
		refuse(w, http.StatusNotFound, "MANIFEST_UNKNOWN", "this offline cluster has no such image")
		return
	}
	w.Header().Set("Content-Type", kind)
	r.send(w, request, digest)
}

func (r *registry) blob(w http.ResponseWriter, request *http.Request, digest string) {
	w.Header().Set("Content-Type", "application/octet-stream")
	r.send(w, request, digest)
}

func (r *registry) send(w http.ResponseWriter, request *http.Request, digest string) {
	hexadecimal, ok := strings.CutPrefix(digest, "sha256:")
	if !ok || len(hexadecimal) != 64 || strings.Trim(hexadecimal, "0123456789abcdef") != "" {
		refuse(w, http.StatusBadRequest, "DIGEST_INVALID", "a digest is sha256: and 64 digits")
		return
	}
	file := filepath.Join(r.blobs, hexadecimal)
	if _, err := os.Stat(file); err != nil {
		refuse(w, http.StatusNotFound, "BLOB_UNKNOWN", "this offline cluster has no such blob")
		return
	}
	w.Header().Set("Docker-Content-Digest", digest)
	http.ServeFile(w, request, file)
}

func split(path, at string) (string, string, bool) {
	i := strings.LastIndex(path, at)
	if i < 0 {
		return "", "", false
	}
	return path[:i], path[i+len(at):], true
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"errors":[{"code":%q,"message":%q}]}`, code, message)
}

func main() {
	images := flag.String("images", "/kind/images", "OCI image layout")
	listen := flag.String("listen", "127.0.0.1:5000", "address")
	flag.Parse()
	r, err := open(*images)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("%d images on %s", len(r.byName), *listen)
	log.Fatal(http.ListenAndServe(*listen, r))
}

// tomcat is a stand-in for Apache Tomcat: no Java, no servlets. It serves, on port 8080, what lies in the folder
// webapps: ROOT at /, a folder or a NAME.war (which is a zip file) at /NAME/, new ones without a restart.
package main

import (
	"archive/zip"
	"fmt"
	"io/fs"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const about = `This is a stand-in for Apache Tomcat, made for clusters without a registry. It serves static files:
webapps/ROOT at /, webapps/NAME or webapps/NAME.war at /NAME/. There is no Java in it and no servlet runs.

usage: catalina.sh run

CATALINA_HOME  the folder that holds webapps (/usr/local/tomcat)
`

func main() {
	home := os.Getenv("CATALINA_HOME")
	if home == "" {
		home = "/usr/local/tomcat"
	}
	if len(os.Args) > 1 && os.Args[1] != "run" {
		fmt.Print(about)
		return
	}
	log.Printf("a stand-in for Tomcat serves %s/webapps on port 8080", home)
	log.Fatal(http.ListenAndServe(":8080", logged(webapps(filepath.Join(home, "webapps")))))
}

type webapps string

func (folder webapps) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	name, rest, deeper := strings.Cut(strings.TrimPrefix(request.URL.Path, "/"), "/")
	if name == "" || strings.HasPrefix(name, ".") || !folder.has(name) {
		serve(w, request, os.DirFS(filepath.Join(string(folder), "ROOT")))
		return
	}
	if !deeper {
		http.Redirect(w, request, "/"+name+"/", http.StatusFound)
		return
	}
	request.URL.Path = "/" + rest
	path := filepath.Join(string(folder), name)
	if packed, err := zip.OpenReader(path + ".war"); err == nil {
		defer packed.Close()
		serve(w, request, packed)
		return
	}
	serve(w, request, os.DirFS(path))
}

func (folder webapps) has(name string) bool {
	for _, ending := range []string{"", ".war"} {
		if _, err := os.Stat(filepath.Join(string(folder), name+ending)); err == nil {
			return true
		}
	}
	return false
}

func serve(w http.ResponseWriter, request *http.Request, files fs.FS) {
	// A directory is shown by its page, never as a list.
	asked := strings.Trim(request.URL.Path, "/")
	if asked == "" || strings.HasSuffix(request.URL.Path, "/") {
		asked = strings.TrimPrefix(asked+"/index.html", "/")
	}
	content, err := fs.ReadFile(files, asked)
	if err != nil || strings.HasPrefix(asked, "WEB-INF") {
		http.Error(w, "HTTP Status 404 – Not Found", http.StatusNotFound)
		return
	}
	http.ServeContent(w, request, asked, time.Time{}, strings.NewReader(string(content)))
}

func logged(inner http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		log.Printf("%s %s %s", request.RemoteAddr, request.Method, request.URL.Path)
		inner.ServeHTTP(w, request)
	})
}

"""Files of the stand-ins: busybox with its applets, nginx' settings and pages, a small Tomcat.

Called by build.py. Each says of itself that it is a stand-in, where a learner looks: in the page.
"""

import subprocess
from collections.abc import Mapping
from html import escape
from pathlib import Path

from node_image.layers import Tree, read_files

_FILES = Path(__file__).resolve().parent / "files"
_ACCOUNTS = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n"
_GREETINGS = {"k8s-demo:0.1": "Hello Docker!", "k8s-demo:0.2": "Hello Kubernetes!"}
_PAGE = """<!DOCTYPE html>
<html>
<head>
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
<p>This is a stand-in for {name}, made for clusters without a registry.</p>
</body>
</html>
"""


def busybox(tar: Path, program: Path) -> Tree:
    """Debian's static busybox with a link for each applet; `program` is where it is put to be asked for them."""
    found = read_files(tar, ["./bin/busybox", "./usr/bin/busybox"])
    program.parent.mkdir(parents=True, exist_ok=True)
    program.unlink(missing_ok=True)
    program.write_bytes(next(iter(found.values())))
    program.chmod(0o755)
    listed = subprocess.run([str(program), "--list"], capture_output=True, text=True, check=True).stdout
    tree = Tree().program("bin/busybox", program)
    for applet in listed.split():
        if applet != "busybox":
            tree.link(f"bin/{applet}", "/bin/busybox")
    tree.program("bin/wget", (_FILES / "wget").read_bytes())
    tree.file("etc/passwd", _ACCOUNTS).file("etc/group", "root:x:0:\nnogroup:x:65534:\n")
    tree.file("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n")
    return tree.folder("tmp", 0o1777).folder("root", 0o700).folder("home").folder("var/spool")


def settings(name: str, programs: Mapping[str, Path]) -> Tree:
    """What a stand-in has beside its Debian packages."""
    tree = Tree()
    match name:
        case "nginx-settings":
            tree.copy(_FILES / "nginx")
            # As in the image that it stands in for: kubectl logs shows who asked for what.
            tree.link("var/log/nginx/access.log", "/dev/stdout").link(
                "var/log/nginx/error.log", "/dev/stderr"
            )
        case "network-settings":
            wrapper = (_FILES / "iptables").read_bytes()
            for program in ("iptables", "ip6tables"):
                for what in ("", "-save", "-restore"):
                    tree.program(f"usr/sbin/{program}{what}", wrapper)
        case "tomcat":
            home = "usr/local/tomcat"
            tree.program(f"{home}/bin/catalina.sh", programs["tomcat"])
            tree.link("usr/local/bin/catalina.sh", f"/{home}/bin/catalina.sh")
            tree.file(f"{home}/webapps/ROOT/index.html", _page("Apache Tomcat", "Apache Tomcat"))
    return tree


def page(image: str) -> Tree:
    """The page that an nginx, or what is made from one, shows."""
    title = _GREETINGS.get(image, "Welcome to nginx!")
    return Tree().file("usr/share/nginx/html/index.html", _page(title, image))


def _page(title: str, name: str) -> str:
    return _PAGE.format(title=escape(title), name=escape(name))

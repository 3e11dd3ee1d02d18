"""Pages and logs of containers that really run."""

from typing import Any

import pytest

from builders import Json, check, lab, step
from samples import deployment, plain
from world import World

pytestmark = pytest.mark.kind

SERVICE: Json = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web"},
    "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": 8888}]},
}


def asking(name: str, *checks: Json, provision: list[Json], **changes: Any) -> Json:
    body = step("first", *checks, settle={"given": {}, "expect": ["true"]})
    return plain(lab(name, body, provision=provision, requires={"capabilities": ["Containers"]}, **changes))


def test_a_page_of_nginx_is_seen_once_its_service_leads_to_it(real_world: World) -> None:
    given = {"page": {"kind": "Http", "service": "web", "port": 80}}
    page = check("page", given=given, expect=["page.status == 200", "page.body.contains('version 2')"])
    real_world.apply(asking("pages", page, provision=[deployment("web"), SERVICE]))
    try:
        refused = "GET http://web:80/ was refused: nothing listens at "
        real_world.until_verdict("pages", "first/page", "Failing", refused, timeout=60)
        right = '{"spec":{"ports":[{"port":80,"targetPort":80}]}}'
        real_world.kubectl("patch", "service", "web", "-n", "pages", "--type=merge", "-p", right)
        told = 'wanted a text with "version 2" in it'
        real_world.until_verdict("pages", "first/page", "Failing", told)
        write = "echo version 2 >> /usr/share/nginx/html/index.html"
        real_world.kubectl("exec", "-n", "pages", "deployment/web", "--", "sh", "-c", write)
        real_world.until_phase("pages", "Completed", timeout=20)
    finally:
        real_world.delete_lab("pages")


def test_a_log_is_read_while_its_container_runs_and_after_it_has_ended(real_world: World) -> None:
    def pod(name: str, script: str, image: str = "busybox:1.30") -> Json:
        one = {"name": "c", "image": image, "command": ["sh", "-c", script]}
        if image == "nothing:1":
            # Nobody asks a registry for what is nowhere.
            one["imagePullPolicy"] = "Never"
        spec = {"restartPolicy": "Never", "containers": [one]}
        return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}

    def log(name: str, *expect: str) -> Json:
        return check(name, given={"log": {"kind": "Log", "pod": name}}, expect=list(expect))

    lines = "i=0; while [ $i -lt 2000 ]; do echo $(head -c 500 /dev/zero | tr '\\0' x); i=$((i+1)); done"
    real_world.apply(
        asking(
            "logs",
            log("ended", "log.lines == ['boom']"),
            log("runs", "log.lines.exists(l, l == 'ready')"),
            log("long", "log.lines[size(log.lines) - 1] == 'the end'", "size(log.lines) > 100"),
            log("waits", "size(log.lines) > 0"),
            provision=[
                pod("ended", "echo boom; exit 3"),
                pod("runs", "sleep 3; echo ready; sleep 600"),
                pod("long", f"{lines}; echo the end; sleep 600"),
                pod("waits", "true", image="nothing:1"),
            ],
        )
    )
    try:
        for name in ("ended", "runs", "long"):
            real_world.until_verdict("logs", f"first/{name}", "Passed", timeout=60)
        told = "Log of Pod waits is not there yet: its container is waiting to start ("
        real_world.until_verdict("logs", "first/waits", "Failing", told)
    finally:
        real_world.delete_lab("logs")

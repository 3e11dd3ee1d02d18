"""Where the API server is and who we are to it: a kubeconfig's context, or the pod that we run in.

The kubernetes package reads the files (CA, client certificates, tokens, exec plugins) and renews tokens;
called by `kube/session.py` alone. Its Configuration is untyped: nothing of it leaves this module.
"""

import asyncio
import os
import ssl
import time
from collections.abc import Awaitable, Callable
from copy import copy
from typing import Any

import yaml
from kubernetes.aio import config as kube_config
from kubernetes.aio.client import Configuration

from tutoriallab.kube.errors import ApiError

#: Reason of an ApiError when a kubeconfig cannot be read or has no such context.
BAD_KUBECONFIG = "BadKubeconfig"
#: Seconds for which a token is taken as it is before the source is asked again.
TOKEN_LIFETIME = 30.0


class Credentials:
    """The server's address, the TLS context and the Authorization header, renewed when its source says so."""

    def __init__(self, configuration: Any, renew: Callable[[bool], Awaitable[None]] | None = None) -> None:
        self.host: str = configuration.host.rstrip("/")
        self.proxy: str | None = configuration.proxy
        self.tls: ssl.SSLContext | None = _tls(configuration) if self.host.startswith("https:") else None
        self.server_name: str | None = configuration.tls_server_name
        self._configuration = configuration
        self._renew = renew
        self._header: str | None = configuration.api_key.get("BearerToken")
        self._fresh_until = time.monotonic() + TOKEN_LIFETIME
        self._refused = False
        self._renewing = asyncio.Lock()

    async def header(self) -> str | None:
        """The value of the Authorization header; None when client certificates say who we are."""
        if time.monotonic() < self._fresh_until:
            return self._header
        async with self._renewing:
            if time.monotonic() >= self._fresh_until:
                if self._renew is not None:
                    await self._renew(self._refused)
                    self._refused = False
                self._header = await self._configuration.get_api_key_with_prefix("BearerToken")
                self._fresh_until = time.monotonic() + TOKEN_LIFETIME
        return self._header

    def of(self, token: str) -> "Credentials":
        """The same server for somebody else, by their token alone: with a certificate of ours they would be us."""
        theirs = copy(self._configuration)
        theirs.cert_file = theirs.key_file = theirs.refresh_api_key_hook = None
        theirs.api_key, theirs.api_key_prefix = {"BearerToken": f"Bearer {token}"}, {}
        return Credentials(theirs)

    def expire(self) -> None:
        """The API server answered 401: ask the source again at the next request."""
        self._fresh_until = 0.0
        self._refused = True


async def from_kubeconfig(path: str | None = None, context: str | None = None) -> Credentials:
    """Credentials of a kubeconfig's context, by default the current one; raises ApiError BadKubeconfig."""
    configuration = Configuration()
    loader = await _load(configuration, path, context)

    async def renew(refused: bool) -> None:
        # The loader asks an exec plugin again once its token expires, and reads token files anew. After a
        # refusal the kubeconfig itself may have been written anew.
        nonlocal loader
        if refused:
            loader = await _load(configuration, path, context)
        else:
            await loader.load_and_set(configuration)

    return Credentials(configuration, renew)


async def from_environment() -> Credentials:
    """Credentials from KUBECONFIG, else of the pod that we run in, else from ~/.kube/config."""
    path = os.environ.get("KUBECONFIG")
    if not path and os.environ.get("KUBERNETES_SERVICE_HOST"):
        return from_pod()
    return await from_kubeconfig(path or None)


async def _load(configuration: Any, path: str | None, context: str | None) -> Any:
    try:
        return await kube_config.load_kube_config(
            config_file=path, context=context, client_configuration=configuration, persist_config=False
        )
    except (kube_config.ConfigException, OSError, TypeError, AttributeError, yaml.YAMLError) as problem:
        where = path or "the default kubeconfig"
        text = f"{where} cannot be used: {' '.join(str(problem).split())}. Name another with --kubeconfig or KUBECONFIG"
        raise ApiError(400, BAD_KUBECONFIG, text) from problem


def from_pod() -> Credentials:
    """Credentials of the pod that we run in; raises ApiError BadKubeconfig outside of one."""
    configuration = Configuration()
    try:
        kube_config.load_incluster_config(client_configuration=configuration)
    except kube_config.ConfigException as problem:
        text = f"this is no pod of a cluster: {problem}. Set KUBECONFIG to use a kubeconfig"
        raise ApiError(400, BAD_KUBECONFIG, text) from problem
    return Credentials(configuration)


def _tls(configuration: Any) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=configuration.ssl_ca_cert, cadata=configuration.ca_cert_data)
    # Kubernetes' own CAs often lack the extensions that Python's strict mode (3.13) wants.
    context.verify_flags &= ~getattr(ssl, "VERIFY_X509_STRICT", 0)
    if configuration.cert_file:
        context.load_cert_chain(configuration.cert_file, keyfile=configuration.key_file)
    if not configuration.verify_ssl:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context

"""A real account server, scim2-server, as a process of its own on a free port."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.children import bound
from tests.ports import free_port

TOKEN = "t0ken-of-the-tests"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"


class AccountServer:
    """The server's process, and its side of the counter: what the desk does not do."""

    def __init__(self, port: int, *options: str) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}/v2"
        self._options = options
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it listens; RuntimeError when it does not."""
        command = [sys.executable, "-m", "scim2_server.testserver.cli"]
        command += ["--port", str(self.port), "--bearer-token", TOKEN, *self._options]
        self._process = subprocess.Popen(
            bound(command), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        if "Serving SCIM" not in self._process.stdout.readline():
            self.stop()
            raise RuntimeError(f"scim2-server does not start on port {self.port}")

    def stop(self) -> None:
        """End it; all that it knew is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def ask(
        self, method: str, path: str, body: object = None, etag: str = ""
    ) -> tuple[int, dict[str, Any]]:
        """Ask as the provider itself would: the status, and the JSON of the answer."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/scim+json"}
        if etag:
            headers["If-Match"] = etag
        content = None if body is None else json.dumps(body).encode()
        request = Request(self.url + path, content, headers, method=method)
        try:
            with urlopen(request, timeout=20) as answer:
                status, read = answer.status, answer.read()
        except HTTPError as error:
            with error:
                status, read = error.code, error.read()
        return status, json.loads(read) if read else {}

    def users(self) -> list[dict[str, Any]]:
        """Everybody who has an account, by as many pages as the server makes of them."""
        listed: list[dict[str, Any]] = []
        while True:
            status, answer = self.ask("GET", f"/Users?count=10000&startIndex={len(listed) + 1}")
            assert status == 200, answer
            listed += answer.get("Resources", [])
            if len(listed) >= answer["totalResults"]:
                return listed

    def add(self, username: str, **more: object) -> dict[str, Any]:
        """Somebody's account, made elsewhere."""
        status, made = self.ask("POST", "/Users", {"schemas": [USER], "userName": username, **more})
        assert status == 201, made
        return made

    def activate(self, ref: str) -> None:
        """What the customer does with the link in the mail."""
        self._patch(ref, {"op": "replace", "path": "active", "value": True})

    def rename(self, ref: str, formatted: str) -> None:
        """A change that the desk has not seen."""
        self._patch(ref, {"op": "replace", "path": "name.formatted", "value": formatted})

    def clear(self) -> None:
        """Remove everybody."""
        for user in self.users():
            self.ask("DELETE", f"/Users/{user['id']}")

    def _patch(self, ref: str, operation: Mapping[str, object]) -> None:
        schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
        body = {"schemas": [schema], "Operations": [operation]}
        status, told = self.ask("PATCH", f"/Users/{ref}", body)
        assert status in (200, 204), told


@contextmanager
def account_server(schema: Path | None = None) -> Iterator[AccountServer]:
    """A server that runs meanwhile, with the schemas of the standard or these."""
    options = ("--schema", str(schema)) if schema else ()
    for attempt in range(5):
        server = AccountServer(free_port(), *options)
        try:
            server.start()
            break
        except RuntimeError:
            # Somebody was quicker to take the port.
            if attempt == 4:
                raise
    try:
        yield server
    finally:
        server.stop()


def case_exact_schema(folder: Path) -> Path:
    """The schemas of a server to which `Kees` and `kees` are two people."""
    shipped = files("scim2_server") / "resources" / "default-schemas.json"
    schemas = json.loads(shipped.read_text(encoding="utf-8"))
    for schema in schemas:
        for attribute in schema["attributes"]:
            if schema["id"] == USER and attribute["name"] == "userName":
                attribute["caseExact"] = True
    file = folder / "schemas.json"
    file.write_text(json.dumps(schemas), encoding="utf-8")
    return file

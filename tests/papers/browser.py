"""Chromium without a window, spoken to through its pipe (DevTools protocol): no port, no driver, no network."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
PIPES = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execvp(sys.argv[3], sys.argv[3:])"
)
KEYS = {"Tab": (9, ""), "Enter": (13, "\r")}
PATIENCE = 60
"""Seconds that an answer may take on a busy machine."""


class Chromium:
    """One browser with one page; ``messages`` and ``requests`` are what it said and fetched."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.messages: list[str] = []
        self.requests: list[str] = []
        self._last, self._unread, self._events = 0, b"", list[dict[str, Any]]()
        self._session = ""

    def __enter__(self) -> Self:
        theirs_in, self._write = map(_high, os.pipe())
        self._read, theirs_out = map(_high, os.pipe())
        command = ["chromium", *OPTIONS, f"--user-data-dir={self.profile}", "about:blank"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", PIPES, str(theirs_in), str(theirs_out), *command],
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._send(f"{domain}.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self._session = ""
        try:
            self._send("Browser.close")
        finally:
            os.close(self._write)
            os.close(self._read)
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def open(self, path: Path, wide: int = 1000) -> None:
        """Load a file in a window *wide* pixels across, and wait until it is there."""
        self._send("Emulation.setDeviceMetricsOverride", width=wide, height=900, deviceScaleFactor=1, mobile=False)
        self._send("Page.navigate", url=path.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self._events):
            self._take()

    def ask(self, expression: str) -> Any:
        """What a JavaScript expression gives on the page."""
        answer = self._send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"]["value"]

    def press(self, key: str) -> None:
        """Press and let go of a key, as the keyboard would."""
        code, text = KEYS[key]
        both = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self._send("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **both)
        self._send("Input.dispatchKeyEvent", type="keyUp", **both)

    def media(self, medium: str = "screen", *, scheme: str = "light") -> None:
        """Show the page as on *medium*, for a reader who prefers *scheme*."""
        wish = [{"name": "prefers-color-scheme", "value": scheme}]
        self._send("Emulation.setEmulatedMedia", media=medium, features=wish)

    def picture(self) -> bytes:
        """The whole page as PNG."""
        return base64.b64decode(self._send("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"])

    def _send(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        order: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._write, json.dumps(order).encode() + b"\0")
        while True:
            answer = self._take()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result

    def _take(self) -> dict[str, Any]:
        """The next answer or event."""
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._read], [], [], PATIENCE)
            assert ready, "Chromium does not answer"
            chunk = os.read(self._read, 1 << 20)
            assert chunk, "Chromium has ended"
            self._unread += chunk
        one, _, self._unread = self._unread.partition(b"\0")
        taken: dict[str, Any] = json.loads(one)
        match taken.get("method"):
            case "Log.entryAdded":
                self.messages.append(taken["params"]["entry"]["text"])
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                self.messages.append(json.dumps(taken["params"]))
            case "Network.requestWillBeSent":
                self.requests.append(taken["params"]["request"]["url"])
        if "method" in taken:
            self._events.append(taken)
        return taken


def _high(number: int) -> int:
    """The same pipe under a number that is not 3 or 4, where the browser will look for its own."""
    moved = fcntl.fcntl(number, fcntl.F_DUPFD, 10)
    os.close(number)
    return moved

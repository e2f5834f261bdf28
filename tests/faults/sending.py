"""A browser without a browser: signs in, sends answers, and sends again what was not acknowledged."""

import http.client
import json
import time
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from portal.demo.people import PASSWORD
from tests.browser.serving import PATIENCE, Server

LOST = (URLError, http.client.HTTPException, OSError, TimeoutError)


class Sender:
    """One person's line to the server; `send` repeats until it hears an answer."""

    def __init__(self, server: Server, email: str) -> None:
        self.server = server
        self._cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._cookies))
        login = f"{server.base}/es/account/login/"
        self._opener.open(login, timeout=60).read()
        self.post(login, login=email, password=PASSWORD)
        assert any(cookie.name == "aula_session" for cookie in self._cookies), f"{email} is not signed in"

    def post(self, url: str, **fields: Any) -> tuple[int, bytes]:
        """Post once; raise one of LOST when the line breaks, or HTTPError."""
        token = next(cookie.value for cookie in self._cookies if cookie.name == "aula_csrf")
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        request = Request(url, body, {"Referer": url, "Origin": self.server.base})
        with self._opener.open(request, timeout=60) as answer:
            return answer.status, answer.read()

    def send(self, url: str, **fields: Any) -> bytes:
        """Post until the server answers; return what it said."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return self.post(url, **fields)[1]
            except HTTPError as error:
                if error.code < 500:
                    raise
            except LOST:
                pass
            time.sleep(0.05)
        raise AssertionError(f"no answer to {url} in {PATIENCE} seconds")

    def save(self, attempt: str, slot: int, client_id: str, text: str) -> str:
        """Save an answer by autosave until it is acknowledged; return the moment the server names."""
        url = f"{self.server.base}/es/quiz/{attempt}/autosave/"
        answer = json.loads(self.send(url, slot=slot, client_id=client_id, text=text))
        return str(answer["saved_at"])

    def hand_in(self, attempt: str) -> None:
        """Hand in until the server says that it has it."""
        self.send(f"{self.server.base}/es/quiz/{attempt}/submit/")

"""A small load: a few keep-alive connections to this machine, bounded in requests."""

import socket
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Requests per second, and the median and 95th percentile of their time in milliseconds."""

    rate: float
    p50: float
    p95: float
    errors: int
    size: int


BURSTS = 8  # each with connections of its own: a server may give one worker most of them


def run(
    port: int, request: Callable[[int], bytes], *, requests: int = 400, connections: int = 8, warm: int = 200
) -> Measured:
    """Send `requests` requests, each made by `request(number)`; the first `warm` are not counted."""
    _burst(port, request, warm, connections, 0)
    times: list[float] = []
    errors = size = 0
    began = time.perf_counter()
    for burst in range(BURSTS):
        first = warm + burst * requests // BURSTS
        count = warm + (burst + 1) * requests // BURSTS - first
        found, failed, size = _burst(port, request, count, connections, first)
        times += found
        errors += failed
    took = time.perf_counter() - began
    times.sort()
    return Measured(
        len(times) / took, 1000 * statistics.median(times), 1000 * times[int(len(times) * 0.95)], errors, size
    )


def _burst(
    port: int, request: Callable[[int], bytes], requests: int, connections: int, first: int
) -> tuple[list[float], int, int]:
    times: list[float] = []
    errors, sizes = [0], [0]
    numbers = iter(range(first, first + requests))
    lock = threading.Lock()

    def work() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as link:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                began = time.perf_counter()
                link.sendall(request(number))
                status, size = read(link)
                times.append(time.perf_counter() - began)
                sizes[0] = size
                if status >= 400 or status == 302:
                    errors[0] += 1

    threads = [threading.Thread(target=work) for _n in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, errors[0], sizes[0]


def read(link: socket.socket) -> tuple[int, int]:
    """Read one answer; return its status and the bytes of its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = link.recv(65536)
        if not part:
            raise ConnectionError("the server closed the connection")
        data += part
    head, _gap, body = data.partition(b"\r\n\r\n")
    lower = head.lower()
    status = int(head.split(b" ", 2)[1])
    if b"content-length:" in lower:
        length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += link.recv(65536)
        return status, length
    while not body.endswith(b"0\r\n\r\n"):
        body += link.recv(65536)
    return status, len(body)


def get(path: str, cookie: str = "") -> bytes:
    """Return a GET as a browser sends it."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nCookie: {cookie}\r\n\r\n"
    ).encode()


def post(path: str, body: bytes, cookie: str, token: str, kind: str) -> bytes:
    """Return a POST with a CSRF token."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}; aula_csrf={token}\r\n"
        f"X-CSRFToken: {token}\r\nReferer: http://127.0.0.1/\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body

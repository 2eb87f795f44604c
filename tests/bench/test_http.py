"""The client of the benchmarks reads what a server really answers."""

import gzip
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from bench.http import PageFailed, Target, ask_for, fetch
from bench.weight import weigh

STYLE = b"body{background:url('../img/back.svg')}" * 40
PAGE = b'<link rel="stylesheet" href="/css/a.css"><img src="/img/one.png"><img src="data:,">'
FILES = {"/": PAGE, "/img/back.svg": b"<svg/>", "/img/one.png": b"png"}


class Handler(BaseHTTPRequestHandler):
    """Answers four files, a chunked text and nothing else."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/chunked":
            self.send(200, b"3\r\nuno\r\n4\r\n dos\r\n0\r\n\r\n", {"Transfer-Encoding": "chunked"})
        elif self.path == "/css/a.css":
            body = gzip.compress(STYLE)
            self.send(200, body, {"Content-Type": "text/css", "Content-Encoding": "gzip"} | length(body))
        else:
            body = FILES.get(self.path, b"")
            self.send(200 if body else 404, body, length(body))

    def send(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    """A client that leaves in the middle of an answer is no news."""

    def handle_error(self, *_):
        pass


def length(body):
    return {"Content-Length": str(len(body))}


@contextmanager
def small_server():
    server = Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_lengths_chunks_and_compression_are_read():
    with small_server() as port:
        plain, style = fetch(Target(port, "/")), fetch(Target(port, "/css/a.css"))
        chunked = fetch(Target(port, "/chunked"))
    assert plain.content == PAGE
    assert style.content == STYLE
    assert style.wire < len(STYLE)
    assert chunked.content == b"uno dos"


def test_a_cold_page_weighs_each_of_its_files_once():
    with small_server() as port:
        found = weigh(Target(port, "/"))
    assert found.files == 4
    assert found.raw == len(PAGE) + len(STYLE) + len(b"<svg/>") + len(b"png")


def test_the_load_counts_answers_and_refuses_failing_pages():
    with small_server() as port:
        load = ask_for(Target(port, "/"), seconds=0.2, connections=2)
        with pytest.raises(ExceptionGroup) as failure:
            ask_for(Target(port, "/none"), seconds=0.2, connections=2)
    assert len(load.latencies) > 10
    assert failure.value.subgroup(PageFailed) is not None

#!/usr/bin/env python3
"""A stand-in for NCBI's E-utilities on the loopback address: true answers from a record file, and faults on demand.

Raw sockets, a thread a connection, the Python standard library alone. README.md beside this file tells how to start
it and where it differs from the real service.
"""
import argparse
import collections
import contextlib
import datetime
import email.utils
import hashlib
import http.client
import json
import os
import random
import signal
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse

sys.dont_write_bytecode = True  # the source tree stays as it is
from eutilsd_faults import (ENDPOINTS, FaultError, Rules, canned, chunked, damaged, gzip_bytes, gzip_fault, hostile,
                            replaced)
from eutilsd_links import CROSSREF_PATH, IDCONV_PATH, Links
from eutilsd_records import FileStore, StoreError, SyntheticStore
from eutilsd_replies import HTML, JSON, XML, Reply, Service
from eutilsd_tls import Certificates

PREFIX = "/entrez/eutils/"
MAX_TARGET = 4000  # assumed: longer request targets get the observed 414
MAX_HEAD = 1 << 20
MAX_BODY = 1 << 26
IDLE_SECONDS = 30
PIECE = 16384


class Limiter:
    """Requests in the last second, by key or address. documented: 3 a second without a key, 10 with one.

    assumed: the window slides, and refused requests count as well.
    """

    def __init__(self, plain, keyed, now):
        self.plain, self.keyed, self.now = plain, keyed, now
        self.lock, self.times = threading.Lock(), {}

    def count(self, key):
        """(requests within one second, this one included; the limit, 0 for none)."""
        with self.lock:
            times = self.times.setdefault(key, collections.deque())
            now = self.now()
            times.append(now)
            while now - times[0] >= 1.0:
                times.popleft()
            return len(times), self.keyed if key else self.plain

    def reset(self):
        with self.lock:
            self.times.clear()


class Request:
    def __init__(self, method, target, headers, body, old):
        self.method, self.target, self.headers, self.body, self.old = method, target, headers, body, old
        self.path, _, query = target.partition("?")
        pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
        if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            pairs += urllib.parse.parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        self.groups = [value for name, value in pairs if name == "id"]
        self.params = {}
        for name, value in pairs:
            both = name == "id" and name in self.params  # documented: repeated ids add up
            self.params[name] = self.params[name] + "," + value if both else value


class Connection:
    """One client connection: reads requests, sends replies, breaks both on purpose."""

    def __init__(self, server, sock, number, handle):
        self.server, self.sock, self.number, self.handle = server, sock, number, handle
        self.buffer = b""
        self.sent = 0

    def run(self, kind, fault):
        """`kind` is the certificate to show, None for plain HTTP; `fault` one that strikes before any request."""
        try:
            self.sock.settimeout(IDLE_SECONDS)
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if fault.get("tls") == "reset-in-handshake" or fault.get("rst") == "connect":
                self.server.record({"event": "connection-reset", "conn": self.number})
                if "tls" in fault:
                    self.sock.recv(1)  # the client's first handshake byte
                self.reset()
                return
            if kind:
                self.sock = self.server.certificates.context(kind).wrap_socket(self.sock, server_side=True)
            while self.serve_one():
                pass
            self.finish()
        except (OSError, ValueError) as problem:
            # the client went away, refused the certificate or sent what is not HTTP; nothing more to say to it
            if kind and self.sent == 0:
                self.server.record({"event": "tls-failed", "conn": self.number,
                                    "error": getattr(problem, "reason", None) or "closed"})
        finally:
            with contextlib.suppress(OSError):
                self.sock.close()

    def serve_one(self):
        request = self.read_request()
        if request is None:
            return False
        reply, do, entry = self.handle(request, self.number)
        before, began = self.sent, time.monotonic()
        if entry is not None:
            entry = self.server.record({**entry, "bytes": 0, "ms": 0})
        try:
            return self.send(request, reply, do)
        finally:
            if entry is not None:
                entry.update(bytes=self.sent - before, ms=round((time.monotonic() - began) * 1000))
                self.server.write_log(entry)

    # ---- reading

    def more(self):
        data = self.sock.recv(65536)
        self.buffer += data
        return bool(data)

    def read_request(self):
        while b"\r\n\r\n" not in self.buffer:
            if len(self.buffer) > MAX_HEAD or not self.more():
                return None
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, target, version = lines[0].split(" ")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        if not 0 <= length <= MAX_BODY or "transfer-encoding" in headers:
            raise ValueError("a request body without a sound Content-Length")
        if headers.get("expect", "").lower() == "100-continue":
            self.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        while len(self.buffer) < length:
            if not self.more():
                return None
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        return Request(method, target, headers, body, version != "HTTP/1.1")

    # ---- writing

    def write(self, data, bps=None):
        if not bps:
            self.sock.sendall(data)
            self.sent += len(data)
            return
        step = max(1, bps // 8)
        for at in range(0, len(data), step):
            self.sock.sendall(data[at:at + step])
            self.sent += len(data[at:at + step])
            if self.server.stop.wait(step / bps):
                raise OSError("stopping")

    def send(self, request, reply, do):
        """Send a reply and its faults; says whether the connection may be used again."""
        if do.get("delay_ms") and self.server.stop.wait(do["delay_ms"] / 1000):
            return False
        if do.get("rst") == "connect":
            return self.reset()
        if do.get("stall") is True:
            return self.stall()
        if do.get("close_after") == "request":
            return False
        headers, body, closing = self.shape(request, reply, do)
        reason = http.client.responses.get(reply.status, "Unknown")
        head = "".join([f"HTTP/1.1 {reply.status} {reason}\r\n"] + [f"{n}: {v}\r\n" for n, v in headers] + ["\r\n"])
        head = head.encode("latin-1", "replace")
        bps = do.get("drip_bps")
        if do.get("rst") == "header" or do.get("stall") == "header":
            self.write(head[:len(head) // 2])
            return self.reset() if "rst" in do else self.stall()
        self.write(head, bps if do.get("drip") == "header" else None)
        if "rst" in do or "stall" in do or "close_after" in do:
            return self.cut(body, do, bps)
        for part in body:
            self.write(part, bps)
        return not closing and not self.server.stop.is_set()

    def cut(self, body, do, bps):
        """Send the body up to a point and end there: close, reset or fall silent."""
        if do.get("rst") == "keepalive":
            for part in body:
                self.write(part, bps)
            self.more()  # the next request on this connection begins
            return self.reset()
        data = b"".join(body)
        end = do.get("close_after", do.get("after", len(data) // 2))
        self.write(data[:end], bps)
        if "rst" in do:
            return self.reset()
        return self.stall() if "stall" in do else False

    def shape(self, request, reply, do):
        """The header fields, the body as it goes over the wire, and whether the connection closes after it."""
        body = reply.body
        encoding = None
        if isinstance(body, bytes):
            body = damaged(body, do, self.server.random)
            wants = "gzip" in request.headers.get("accept-encoding", "").lower()
            mode = self.server.options.gzip
            whole = len(body)
            if "gzip" in do:
                encoding = "gzip"
                whole = len(gzip_bytes(body)) if do.get("length") == "full" else 0
                body = gzip_fault(body, do["gzip"])
            elif mode == "always" or (mode == "auto" and wants and reply.status == 200):
                encoding, body = "gzip", gzip_bytes(body)
                whole = len(body)
            parts = [body[at:at + PIECE] for at in range(0, len(body), PIECE)]
        else:
            parts, whole = body, 0
        headers = [("Date", email.utils.formatdate(usegmt=True)), ("Server", "Finatra"),  # observed
                   ("Content-Type", reply.kind)]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        closing = request.old or "close" in (request.headers.get("connection", "").lower(),
                                             reply.headers.pop("Connection", "")) or "chunk" in do
        headers += reply.headers.items()
        size = len(body) if isinstance(body, bytes) else 0
        length = self.length(do["length"], size, whole) if "length" in do else None
        if length is None and isinstance(body, bytes) and reply.status != 200 and "chunk" not in do:
            length = size
        if length is not None:
            headers.append(("Content-Length", length))
            closing = closing or length != size
        elif do.get("length") == "none" or request.old:
            closing = True
        else:
            headers.append(("Transfer-Encoding", "chunked"))  # observed
            fault = do.get("chunk")
            step = max(1, size // 3) if fault else 0
            parts = chunked([body[at:at + step] for at in range(0, size, step)] if step else parts, fault)
        if closing or "close_after" in do:
            headers.append(("Connection", "close"))
        return headers, parts, closing

    @staticmethod
    def length(text, size, whole):
        """The Content-Length for a `length` fault, given the size sent and the undamaged size; None for none."""
        if text in ("none", "exact", "full"):
            return {"none": None, "exact": size, "full": whole}[text]
        return max(0, size + int(text)) if text[0] in "+-" else int(text)

    # ---- ends

    def reset(self):
        """Close with a TCP reset."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()
        return False

    def stall(self):
        """Say nothing until the client gives up or the server stops."""
        self.sock.settimeout(0.2)
        while not self.server.stop.is_set():
            try:
                if not self.sock.recv(65536):
                    break
            except TimeoutError:
                continue
        return False

    def finish(self):
        """Close so that the client gets all that was sent, TLS end mark included."""
        if self.sock.fileno() < 0:
            return
        self.sock.settimeout(1)
        with contextlib.suppress(OSError, ValueError):
            if isinstance(self.sock, ssl.SSLSocket):
                self.sock = self.sock.unwrap()
            self.sock.shutdown(socket.SHUT_WR)
            while self.sock.recv(65536):
                pass


def load_works(path):
    try:
        with open(path, encoding="utf-8") as file:
            works = json.load(file)
        if not all(isinstance(item["DOI"], str) for item in works):
            raise ValueError("a DOI is no text")
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise StoreError(f"{path}: not an array of CSL-JSON items with a DOI ({problem})") from None
    return works


class Server:
    """The two listeners, the service, the rules and the request log."""

    def __init__(self, options, store):
        self.options = options
        self.stop = threading.Event()
        self.random = random.Random(options.seed)
        self.shift = 0.0
        strict = options.mode == "strict"
        self.service = Service(store, strict, options.seed, options.history_seconds, self.now)
        self.links = Links(store, load_works(options.crossref) if options.crossref else ())
        self.limiter = Limiter(options.rate, options.rate_key, self.now)
        # assumed: the converter has the limit of the E-utilities. documented (Crossref, December 2025): 5 a second
        self.limiters = {"idconv": Limiter(options.rate, 0, self.now), "crossref": Limiter(5, 0, self.now)}
        self.rules = Rules()
        self.certificates = Certificates(options.tls_dir) if options.tls else None
        self.lock, self.requests = threading.Lock(), collections.deque(maxlen=100000)
        self.log = open(options.log, "a", encoding="utf-8") if options.log else None
        self.connections, self.serial = 0, 0

    def now(self):
        return time.monotonic() + self.shift

    def record(self, entry):
        """Keep a log entry, before its reply is sent. The API key is in it as a hash only."""
        with self.lock:
            self.serial += 1
            entry = {"serial": self.serial, "time": datetime.datetime.now(datetime.timezone.utc).isoformat(), **entry}
            self.requests.append(entry)
        if "event" in entry:
            self.write_log(entry)
        return entry

    def write_log(self, entry):
        if self.log:
            with self.lock:
                self.log.write(json.dumps(entry) + "\n")
                self.log.flush()

    # ---- the E-utilities

    def eutils(self, request, number):
        params = dict(request.params)
        key = params.get("api_key")
        if key is not None:
            params["api_key"] = "sha256:" + hashlib.sha256(key.encode()).hexdigest()[:16]
        entry = {"clock": round(self.now(), 4), "conn": number, "method": request.method, "path": request.path,
                 "params": params, "missing": [n for n in ("tool", "email") if not params.get(n)],
                 "headers": {n: request.headers[n] for n in ("user-agent", "accept-encoding", "content-type", "expect")
                             if n in request.headers}, "request_bytes": len(request.target) + len(request.body)}
        reply, do = self.decide(request, key, entry)
        entry.update(status=reply.status, **({"fault": do} if do else {}))
        return reply, do, entry

    def decide(self, request, key, entry):
        strict = self.options.mode == "strict"
        name = request.path[len(PREFIX):] if request.path.startswith(PREFIX) else request.path.rpartition("/")[2]
        endpoint = name.removesuffix(".fcgi").removesuffix(".cgi")
        program = endpoint + (".cgi" if endpoint == "ecitmatch" else ".fcgi")  # documented
        other = "idconv" if request.path == IDCONV_PATH else \
            "crossref" if request.path.startswith(CROSSREF_PATH) else None
        if strict and len(request.target) > MAX_TARGET:  # observed: the status, HTML, and that the connection closes
            return Reply("<html><head><title>Request-URI Too Long</title></head></html>\n", HTML, 414,
                         {"Connection": "close"}), {}
        if other:
            return self.elsewhere(other, request, entry)
        known = endpoint in ENDPOINTS and (not strict or request.path == PREFIX + program)
        if not known or request.method not in ("GET", "POST"):
            status = 404 if not known else 405
            return Reply(f"<html><head><title>{status}</title></head></html>\n", HTML, status), {}  # assumed
        count, limit = self.limiter.count(key)
        rate = {"X-RateLimit-Limit": limit, "X-RateLimit-Remaining": max(0, limit - count)} if limit else {}  # observed
        entry.update(rate=count, **({"over_limit": True} if limit and count > limit else {}))
        if strict and limit and count > limit:
            # observed body. assumed: the header Retry-After
            body = {"error": "API rate limit exceeded", "api-key": key or "127.0.0.1", "count": str(count),
                    "limit": str(limit)}
            return Reply(json.dumps(body, separators=(",", ":")) + "\n", JSON, 429, {**rate, "Retry-After": 1}), {}
        as_json = request.params.get("retmode") == "json"
        if key and key.startswith("badkey"):
            reply = canned("badkey-json", as_json, key)
            reply.status = 400
            return reply, {}
        ids = [part.strip() for part in request.params.get("id", "").split(",")]
        do, match = self.rules.for_request(endpoint, set(ids))
        reply = self.redirect(request, do) or replaced(do, as_json, key)
        if reply is None:
            reply = self.true_reply(endpoint, request.params, do, match, ids, request.groups)
        if "retry_after" in do:
            reply.headers["Retry-After"] = do["retry_after"]
        reply.headers.update(rate)
        return reply, do

    def elsewhere(self, endpoint, request, entry):
        """The services beside the E-utilities, each with a limit of its own."""
        count, limit = self.limiters[endpoint].count(None)
        # documented (Crossref): the two headers
        rate = {"X-Rate-Limit-Limit": limit, "X-Rate-Limit-Interval": "1s"} if endpoint == "crossref" else {}
        entry.update(service=endpoint, rate=count, **({"over_limit": True} if limit and count > limit else {}))
        if self.options.mode == "strict" and limit and count > limit:
            return Reply("Too many requests\n", HTML, 429, {**rate, "Retry-After": 1}), {}  # assumed body
        if request.method != "GET":
            return Reply("Method not allowed\n", HTML, 405), {}  # assumed
        do, _ = self.rules.for_request(endpoint, set())
        reply = self.redirect(request, do) or replaced(do, True, None)
        if reply is None:
            reply = self.links.crossref(request.path) if endpoint == "crossref" else \
                self.links.idconv(request.params, do)
        if "retry_after" in do:
            reply.headers["Retry-After"] = do["retry_after"]
        reply.headers.update(rate)
        return reply, do

    def true_reply(self, endpoint, params, do, match, ids, groups):
        if endpoint == "elink":
            return self.links.elink(groups, params, do)
        if "xml" not in do or endpoint != "efetch":
            return self.service.answer(endpoint, params, do)
        poisoned = match.get("pmid") or (int(ids[0]) if ids[0].isdigit() else 999999999)
        rest = self.service.answer(endpoint, params, {**do, "drop_pmids": [poisoned]})
        if b"<PubmedArticleSet>" not in rest.body:
            return rest
        return Reply(hostile(do["xml"], poisoned, rest.body), XML)

    def redirect(self, request, do):
        if "redirect" not in do:
            return None
        url = {"http-downgrade": f"http://127.0.0.1:{self.port}{request.target}", "loop": request.target}.get(
            do["redirect"], do["redirect"])
        return Reply("", HTML, 302, {"Location": url})

    # ---- the control port

    def control(self, request, number):
        def say(value, status=200):
            return Reply(json.dumps(value) + "\n", JSON, status), {"length": "exact"}, None
        text = request.body.decode("utf-8", "replace")
        place = (request.method, request.path)
        if place == ("PUT", "/ctl/faults"):
            try:
                self.rules.load(text)
            except FaultError as problem:
                return say({"error": str(problem)}, 400)
            return say({"rules": len(self.rules.state())})
        if place == ("GET", "/ctl/faults"):
            return say(self.rules.state())
        if place == ("GET", "/ctl/requests"):
            with self.lock:
                return say(list(self.requests))
        if place == ("POST", "/ctl/reset"):
            self.reset()
            return say({"reset": True})
        if place == ("POST", "/ctl/clock"):
            try:
                self.shift += float(text)
            except ValueError:
                return say({"error": f"the clock wants seconds, not {text!r}"}, 400)
            return say({"shift": self.shift})
        return say({"error": f"there is no {' '.join(place)}"}, 404)

    def reset(self):
        """Back to the state after the start: rules of --faults unfired, no history, an empty log and window."""
        if self.options.faults:
            with open(self.options.faults, encoding="utf-8") as file:
                self.rules.load(file.read())
        else:
            self.rules.load("[]")
        self.limiter.reset()
        for limiter in self.limiters.values():
            limiter.reset()
        self.service.history.clear()
        with self.lock:
            self.requests.clear()

    # ---- listening

    @staticmethod
    def listener(port):
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(("127.0.0.1", port))
        sock.listen(128)
        return sock

    def accept(self, sock, handle, tls):
        while not self.stop.is_set():
            try:
                client, _ = sock.accept()
            except OSError:
                return
            with self.lock:
                self.connections += 1
                number = self.connections
            fault = self.rules.for_connection() if handle == self.eutils else {}
            kind = (fault.get("tls") or tls.removeprefix("bad-")) if tls else None
            threading.Thread(target=Connection(self, client, number, handle).run, args=(kind, fault),
                             daemon=True).start()

    def serve(self):
        main, control = self.listener(self.options.port), self.listener(0)
        self.port = main.getsockname()[1]
        for sock, handle, tls in ((main, self.eutils, self.options.tls), (control, self.control, None)):
            threading.Thread(target=self.accept, args=(sock, handle, tls), daemon=True).start()
        ports = f"{self.port}\n{control.getsockname()[1]}\n"
        if self.options.port_file:
            partial = f"{self.options.port_file}.{os.getpid()}.part"
            with open(partial, "w", encoding="ascii") as file:
                file.write(ports)
            os.replace(partial, self.options.port_file)
        else:
            print(ports, end="", flush=True)
        self.stop.wait(self.options.lifetime)
        self.stop.set()
        for sock in (main, control):
            sock.close()

    def close(self):
        if self.certificates:
            self.certificates.remove()
        if self.options.port_file:
            with contextlib.suppress(OSError):
                os.unlink(self.options.port_file)


def arguments(argv):
    parser = argparse.ArgumentParser(prog="eutilsd.py", description=__doc__.partition("\n")[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--records", metavar="FILE[,FILE]", help="PubMed XML, plain or gzip")
    parser.add_argument("--crossref", metavar="FILE", help="a JSON array of CSL-JSON items that Crossref has")
    source.add_argument("--synthetic", metavar="N", type=int, help="N small invented records made on the fly")
    parser.add_argument("--synthetic-base", metavar="PMID", type=int, default=990000001, help="the first invented PMID")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--port-file", metavar="F", help="port and control port, one a line, written when ready")
    parser.add_argument("--tls", nargs="?", const="good", choices=["good", "bad-selfsigned", "bad-expired",
                                                                     "bad-wronghost"])
    parser.add_argument("--tls-dir", metavar="D", help="where ca.pem is put for the client")
    parser.add_argument("--mode", choices=["strict", "lenient"], default="strict")
    parser.add_argument("--gzip", choices=["auto", "always", "never"], default="auto")
    parser.add_argument("--rate", type=int, default=3, help="requests a second without a key; 0: no limit")
    parser.add_argument("--rate-key", type=int, default=10, help="requests a second for a key; 0: no limit")
    parser.add_argument("--history-seconds", type=float, default=0, help="lifetime of a WebEnv; 0: unlimited")
    parser.add_argument("--faults", metavar="RULES.JSON")
    parser.add_argument("--log", metavar="REQ.JSONL")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--lifetime", type=float, default=3600, help="stop by itself after so many seconds")
    options = parser.parse_args(argv)
    if options.tls and not options.tls_dir:
        parser.error("--tls needs --tls-dir, where ca.pem is put for the client")
    return options


def main(argv):
    options = arguments(argv)
    server = None
    try:
        store = SyntheticStore(options.synthetic, options.synthetic_base) if options.synthetic is not None \
            else FileStore(options.records.split(","))
        server = Server(options, store)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: server.stop.set())
        server.reset()
        server.serve()
    except (StoreError, FaultError, OSError) as problem:
        print(f"eutilsd.py: {problem}", file=sys.stderr)
        return 4
    finally:
        if server:
            server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

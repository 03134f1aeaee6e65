"""A stand-in for NLM's folder of baseline and update files: nlmd.py FOLDER PORT_FILE LOG.

It lists the pubmed files of FOLDER as Apache does, and sends them wherever they are asked for, others by their path; parts too (Range).  What the file FOLDER/fault holds is
done once: "cut BYTES" breaks the connection of the next .gz after so many bytes, "status CODE" answers with that,
"whole" sends all of it although a part was asked for.  LOG gets a line for each request: path and range.
"""
import http.server, os, re, sys

folder, port_file, log = sys.argv[1:4]


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, headers=(), length=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        asked = self.headers.get("Range", "")
        with open(log, "a") as out:
            out.write(f"{self.path} {asked}\n")
        name = os.path.basename(self.path)
        if self.path.endswith("/"):
            names = sorted(n for n in os.listdir(folder) if n.startswith("pubmed"))
            rows = "".join(f'<a href="{n}">{n}</a>   2026-01-02 10:00  1M\n' for n in names)
            return self.answer(200, f"<html><body><pre>{rows}</pre></body></html>\n".encode(), [("Content-Type", "text/html")])
        path = os.path.join(folder, name if name.startswith("pubmed") else self.path.replace("..", "").lstrip("/"))
        if not os.path.isfile(path):
            return self.answer(404, b"<html><title>404 Not Found</title></html>")
        data, status, headers = open(path, "rb").read(), 200, [("Content-Type", "application/x-gzip")]
        start = int(re.match(r"bytes=(\d+)-", asked)[1]) if asked else 0
        fault = self.take_fault() if name.endswith(".gz") else []
        if fault[:1] == ["status"]:
            return self.answer(int(fault[1]), b"<html><title>Trouble</title></html>")
        if asked and fault[:1] != ["whole"]:
            if start >= len(data):
                return self.answer(416, b"")
            headers.append(("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}"))
            data, status = data[start:], 206
        if fault[:1] == ["cut"]:
            self.close_connection = True
            return self.answer(status, data[:int(fault[1])], headers, len(data))
        self.answer(status, data, headers)

    def take_fault(self):
        try:
            with open(os.path.join(folder, "fault")) as file:
                lines = file.read().splitlines()
        except FileNotFoundError:
            return []
        with open(os.path.join(folder, "fault"), "w") as file:
            file.write("\n".join(lines[1:]))
        return lines[0].split() if lines else []


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
with open(port_file + ".new", "w") as out:
    out.write(str(server.server_address[1]))
os.rename(port_file + ".new", port_file)
server.serve_forever()

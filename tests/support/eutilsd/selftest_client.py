"""What selftest.py works with: invented records, a client that hides nothing, and a stand-in process to talk to."""
import gzip
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.parse
import xml.etree.ElementTree as ElementTree
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
BASE = 990000000
RESULTS = []


def check(name, condition, detail=""):
    RESULTS.append(bool(condition))
    if not condition:
        print(f"FAILED {name} {str(detail)[:400]}")


# ---- invented records ----------------------------------------------------------------------------------------------


def article(n, title, day, pt="Journal Article", mesh="", words="Invented abstract.", author="Inventor", crlf=False):
    year, month, date = day.split("-")
    stamp = f"<Year>{year}</Year><Month>{month}</Month><Day>{date}</Day>"
    text = f"""<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{BASE + n}</PMID>
<DateRevised><Year>2021</Year><Month>03</Month><Day>0{n % 9 + 1}</Day></DateRevised>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN><JournalIssue CitedMedium="Print"><Volume>{n}
</Volume><PubDate><Year>{year}</Year><Month>Mar</Month></PubDate></JournalIssue><Title>Journal of Invention</Title>
</Journal><ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{words}</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>{author}</LastName><Initials>AB</Initials></Author></AuthorList>
<Language>eng</Language><PublicationTypeList><PublicationType UI="D000">{pt}</PublicationType></PublicationTypeList>
</Article><MedlineJournalInfo><MedlineTA>J Invent</MedlineTA></MedlineJournalInfo>
<MeshHeadingList>{mesh}</MeshHeadingList></MedlineCitation><PubmedData><History>
<PubMedPubDate PubStatus="entrez">{stamp}</PubMedPubDate></History><ArticleIdList>
<ArticleId IdType="doi">10.99999/invented.{n}</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>"""
    return text.replace("\n", "\r\n") if crlf else text


def heading(name, major="N"):
    return f'<MeshHeading><DescriptorName UI="D0" MajorTopicYN="{major}">{name}</DescriptorName></MeshHeading>'


RECORDS = [
    article(1, "Manual therapy for tension headache: an <i>invented</i> trial", "2019-05-01", author="Zeta",
            pt="Randomized Controlled Trial", mesh=heading("Tension-Type Headache", "Y") + heading("Humans")),
    article(2, "Neck pain &amp; posture", "2020-01-15", mesh=heading("Neck Pain") + heading("Humans"), crlf=True),
    article(3, "A review of headache", "2020-06-30", pt="Review", words="Nothing on necks, as µ &lt; 5."),
    article(4, "Caf\u00e9 posture", "2021-02-02", words="Zebra study of posture."),
    article(5, "Broken on purpose", "2021-03-03").replace("</AuthorList>", "</AuthorLisp>"),
    f"""<PubmedBookArticle><BookDocument><PMID Version="1">{BASE + 6}</PMID><Book><BookTitle>Invented handbook</BookTitle>
</Book><ArticleTitle>Chapter on headache</ArticleTitle></BookDocument></PubmedBookArticle>"""]
OLDER = article(1, "An older version that must not be served", "2018-01-01")
IDS = ",".join(str(BASE + n) for n in range(1, 5))
ONE, TWO, THREE, FOUR = (str(BASE + n) for n in range(1, 5))


# ---- a client that hides nothing -----------------------------------------------------------------------------------


class Answer:
    """What came back: status, headers, the body as sent, how it ended (eof, reset, timeout), and the body decoded."""

    def __init__(self, data, ending):
        self.ending, self.data = ending, data
        head, self.found, self.raw = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if self.found else 0
        self.headers = dict((n.lower(), v) for n, v in (line.split(": ", 1) for line in lines[1:])) if self.found else {}
        self.whole, self.body = True, self.raw
        if self.headers.get("transfer-encoding") == "chunked":
            self.whole, self.body = self.dechunk(self.raw)
        elif "content-length" in self.headers:
            self.whole = int(self.headers["content-length"]) == len(self.raw)
        self.packed = self.body
        if self.headers.get("content-encoding") == "gzip":
            try:
                self.body = gzip.decompress(self.body)
            except (OSError, EOFError, zlib.error):
                self.body = None

    @staticmethod
    def dechunk(raw):
        body, at = b"", 0
        while True:
            end = raw.find(b"\r\n", at)
            size = raw[at:end] if end >= 0 else b""
            if not re.fullmatch(rb"[0-9a-f]+", size):
                return False, body
            count = int(size, 16)
            body += raw[end + 2:end + 2 + count]
            at = end + 2 + count + 2
            if count == 0:
                return raw.endswith(b"\r\n"), body
            if at > len(raw):
                return False, body

    @property
    def text(self):
        return (self.body or b"").decode("utf-8", "replace")

    @property
    def xml(self):
        return ElementTree.fromstring(self.body)

    @property
    def json(self):
        return json.loads(self.text)


def receive(sock, until=None):
    """Read to the end; with `until`, to the end of one chunked or counted reply."""
    data = b""
    while True:
        try:
            more = sock.recv(65536)
        except (ConnectionResetError, ConnectionAbortedError):
            return data, "reset"
        except TimeoutError:
            return data, "timeout"
        except ssl.SSLError as problem:
            return data, "reset" if "EOF" in str(problem) else str(problem)  # no TLS end mark before the end
        if not more:
            return data, "eof"
        data += more
        if until and data.endswith(until):
            return data, "kept"


class Server:
    """A stand-in process and ways to talk to it."""

    all = []

    def __init__(self, place, name, *options, records=True):
        Server.all.append(self)
        self.file = os.path.join(place, name + ".ports")
        source = ("--records", ",".join((os.path.join(place, "a.xml"), os.path.join(place, "b.xml.gz")))) if records \
            else ()
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "eutilsd.py"), *source, "--port-file", self.file, "--lifetime", "60",
             *options], stderr=subprocess.PIPE, text=True)
        for _ in range(200):
            if os.path.exists(self.file) or self.process.poll() is not None:
                break
            time.sleep(0.05)
        if not os.path.exists(self.file):
            raise SystemExit(f"the stand-in did not start: {self.process.communicate(timeout=5)[1]}")
        with open(self.file, encoding="ascii") as file:
            self.port, self.control_port = (int(line) for line in file.read().split())
        self.tls = None

    def connect(self, timeout=3):
        sock = socket.create_connection(("127.0.0.1", self.port), timeout)
        if not self.tls:
            return sock
        return self.tls.wrap_socket(sock, server_hostname="localhost", suppress_ragged_eofs=False)

    def talk(self, data, timeout=3):
        try:
            with self.connect(timeout) as sock:
                sock.sendall(data)
                return Answer(*receive(sock))
        except (ConnectionResetError, BrokenPipeError, ssl.SSLError):
            return Answer(b"", "reset")

    def get(self, name, timeout=3, accept=None, path="/entrez/eutils/", http="1.1", **params):
        params = {"db": "pubmed", "tool": "selftest", "email": "nobody@example.org", **params}
        target = f"{path}{name}.fcgi?{urllib.parse.urlencode(params)}"
        extra = f"Accept-Encoding: {accept}\r\n" if accept else ""
        return self.talk(f"GET {target} HTTP/{http}\r\nHost: localhost\r\nConnection: close\r\n{extra}\r\n".encode(),
                         timeout)

    def post(self, name, **params):
        body = urllib.parse.urlencode({"db": "pubmed", "tool": "t", "email": "e", **params})
        return self.talk(f"POST /entrez/eutils/{name}.fcgi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                         f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
                         .encode())

    def search(self, term, **params):
        return self.get("esearch", term=term, **params)

    def ids(self, term, **params):
        return sorted(int(e.text) - BASE for e in self.search(term, retmax=99, **params).xml.findall("IdList/Id"))

    def fetch(self, ids=IDS, timeout=3, accept=None, http="1.1"):
        return self.get("efetch", timeout, accept, id=ids, retmode="xml", http=http)

    def control(self, method, path, value=None):
        body = "" if value is None else value if isinstance(value, str) else json.dumps(value)
        with socket.create_connection(("127.0.0.1", self.control_port), 5) as sock:
            sock.sendall(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                         f"{len(body.encode())}\r\n\r\n{body}".encode())
            return Answer(*receive(sock))

    def fault(self, do, match=None, times=1):
        answer = self.control("PUT", "/ctl/faults", [{"match": match or {}, "times": times, "do": do}])
        check(f"rule {do} is accepted", answer.status == 200, answer.text)

    def requests(self):
        return self.control("GET", "/ctl/requests").json

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.stderr.close()
        return self.process.wait(10)

"""Certificates of the stand-in, made at run time with the openssl program: sound ones and bad ones."""
import os
import shutil
import ssl
import subprocess
import tempfile
import threading

from eutilsd_records import StoreError


class Certificates:
    """Server contexts by kind, signed by a CA made here and now with the openssl program; ca.pem is for the client."""

    def __init__(self, directory):
        self.directory, self.private = directory, tempfile.mkdtemp(prefix="eutilsd-")
        self.lock, self.contexts = threading.Lock(), {}
        self.run("req", "-x509", *self.new_key("ca"), "-subj", "/CN=eutilsd test CA", "-days", "2", "-extensions", "ca",
                 "-config", self.config(), "-out", self.path("ca.pem"))
        os.makedirs(directory, exist_ok=True)
        partial = os.path.join(directory, "ca.pem.part")
        shutil.copyfile(self.path("ca.pem"), partial)
        os.replace(partial, os.path.join(directory, "ca.pem"))

    def path(self, name):
        return os.path.join(self.private, name)

    def config(self):
        with open(self.path("openssl.cnf"), "w", encoding="ascii") as file:
            file.write("[req]\ndistinguished_name=dn\n[dn]\n[ca]\nbasicConstraints=critical,CA:true\n"
                       "keyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n"
                       "[good]\nsubjectAltName=IP:127.0.0.1,DNS:localhost\n"
                       "[wrong]\nsubjectAltName=DNS:wronghost.invalid\n")
        return self.path("openssl.cnf")

    def new_key(self, name):
        return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.path(name + ".key"))

    @staticmethod
    def run(*arguments):
        try:
            done = subprocess.run(("openssl",) + arguments, capture_output=True, text=True, check=False)
        except OSError:
            raise StoreError("--tls needs the openssl program, and it was not found") from None
        if done.returncode:
            raise StoreError(f"openssl {arguments[0]} failed: {done.stderr.strip()}")

    def context(self, kind):
        """`kind`: good, selfsigned, expired or wronghost."""
        with self.lock:
            if kind not in self.contexts:
                key, pem = self.path(kind + ".key"), self.path(kind + ".pem")
                if kind == "selfsigned":
                    self.run("req", "-x509", *self.new_key(kind), "-subj", "/CN=localhost", "-days", "2", "-extensions",
                             "good", "-config", self.config(), "-out", pem)
                else:
                    self.run("req", "-new", *self.new_key(kind), "-subj", "/CN=localhost", "-config", self.config(),
                             "-out", self.path(kind + ".csr"))
                    self.run("x509", "-req", "-in", self.path(kind + ".csr"), "-CA", self.path("ca.pem"), "-CAkey",
                             self.path("ca.key"), "-CAcreateserial", "-days", "-1" if kind == "expired" else "2",
                             "-extfile", self.config(), "-extensions", "wrong" if kind == "wronghost" else "good",
                             "-out", pem)
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(pem, key)
                self.contexts[kind] = context
            return self.contexts[kind]

    def remove(self):
        shutil.rmtree(self.private, ignore_errors=True)

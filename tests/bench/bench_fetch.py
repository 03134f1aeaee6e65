#!/usr/bin/env python3
"""bench_fetch.py OSLER [RECORDS]: osler fetch over the loopback address, without faults and with one in every twenty
requests, from the stand-in's invented records: wall time, processor time, peak memory, and what was lost (a failure).

The pace of requests (0.12 s with a key) is kept, so that wall time is mostly waiting; the processor time is what parsing
and storing take. 10 requests of 200 records a second need at most 0.5 ms a record.
"""
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

SERVER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support", "eutilsd", "eutilsd.py")
FAULTS = [{"status": 500}, {"status": 429, "retry_after": 1}, {"body": "html200"}, {"body": "efetch-error"}, {"body": "prolog"},
          {"body": "empty"}, {"truncate": "half"}, {"gzip": "truncate"}, {"gzip": "badcrc"}, {"length": "-100"},
          {"chunk": "truncate"}, {"rst": "body", "after": 5000}, {"rst": "header"}, {"close_after": "request"},
          {"flip": 300}, {"drop_pmids": True}, {"dup_pmids": True}, {"shuffle": True}]


def control(port, method, path, body=b""):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, method=method)
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def run(osler, place, port, name, records):
    library = os.path.join(place, name + ".db")
    environment = {**os.environ, "OSLER_EUTILS_URL": f"http://127.0.0.1:{port}", "OSLER_LIBRARY": library,
                   "OSLER_FETCH_TIME_SCALE": "0.01", "NCBI_API_KEY": "K" * 36, "XDG_RUNTIME_DIR": place}
    pace = os.path.join(place, "osler")
    for file in os.listdir(pace) if os.path.isdir(pace) else []:
        os.remove(os.path.join(pace, file))
    began = time.monotonic()
    process = subprocess.Popen([osler, "fetch", "--json", "invented"], env=environment, stdout=subprocess.PIPE)
    report = json.load(process.stdout)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    with sqlite3.connect(library) as db:
        stored = db.execute("SELECT count(*) FROM citation").fetchone()[0]
    cpu = usage.ru_utime + usage.ru_stime
    print(f"{name:14} {stored:7} of {records}  {report['retries']:3} repeated  {wall:6.1f} s wall  {cpu:5.1f} s processor "
          f"({cpu / records * 1000:.3f} ms a record)  {usage.ru_maxrss / 1024:.0f} MB peak  exit {os.waitstatus_to_exitcode(status)}")
    return stored == records and report["complete"]


def main():
    osler, records = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 50000
    chance = random.Random(20260101)
    requests = records // 200
    rules = [{"match": {"path": "efetch", "nth": n}, "times": 1, "do": chance.choice(FAULTS)}
             for n in sorted(chance.sample(range(1, requests + 1), max(1, requests // 20)))]
    with tempfile.TemporaryDirectory() as place:
        ports = os.path.join(place, "ports")
        with subprocess.Popen([sys.executable, SERVER, "--synthetic", str(records), "--port-file", ports]) as server:
            while not os.path.exists(ports):
                time.sleep(0.05)
            with open(ports, encoding="ascii") as file:
                port, control_port = (int(line) for line in file.read().split())
            good = run(osler, place, port, "no faults", records)
            control(control_port, "POST", "/ctl/reset")
            control(control_port, "PUT", "/ctl/faults", json.dumps(rules).encode())
            good &= run(osler, place, port, f"{len(rules)} faults", records)
            server.terminate()
    print("complete" if good else "NOT COMPLETE")
    return not good


sys.exit(main())

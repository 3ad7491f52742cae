#!/usr/bin/env python3
"""Puts MapServer on loopback for the tests, with faults on request. A small CGI bridge.

usage: mapserver_bridge.py <folder> <mapfile>
Writes <folder>/port when it listens. The faults stand in <folder>/faults, one per line, and are read anew at every
request, so that a test can change them:
  repeat          pages after the first are the first one again
  fail N CODE     the N-th and later requests for rows answer CODE (500, 404 …)
  cut N           the N-th and later requests for rows end after half of the body, as when a connection breaks
  half N          the same, but with a length that fits: a proxy that cuts
  slow N SECONDS  the N-th and later requests for rows wait first
  hiccup N        only the N-th request for rows answers 503
  count N         hits say N
  unknown         hits say "unknown"
  grow            hits say one more at every request
  html            rows are a web page
  report          rows are an exception report under HTTP 200
  unpaged         the capabilities say that there is no startIndex
  drop            pages lose their last row, and say so
Every request is written to <folder>/requests.
"""
import os
import re
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

folder, mapfile = sys.argv[1:3]
hits_asked = 0


def faults():
    try:
        with open(os.path.join(folder, "faults")) as file:
            return {words[0]: words[1:] for words in (line.split() for line in file) if words}
    except FileNotFoundError:
        return {}


def rows_asked():
    """Requests for rows since the faults were written."""
    path = os.path.join(folder, "rows_asked")
    number = int(open(path).read()) + 1 if os.path.exists(path) else 1
    with open(path, "w") as file:
        file.write(str(number))
    return number


class Bridge(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def mapserver(self, path, query):
        host, port = self.server.server_address
        environment = dict(
            os.environ, REQUEST_METHOD="GET", QUERY_STRING=query, PATH_INFO=path, SCRIPT_NAME="", SERVER_NAME=host,
            SERVER_PORT=str(port), HTTP_ACCEPT=self.headers.get("Accept") or "*/*",
            MAPSERVER_CONFIG_FILE=os.path.join(folder, "mapserver.conf"))
        if "/ogcapi" not in path:
            environment["MS_MAPFILE"] = mapfile
        answer = subprocess.run(["mapserv"], env=environment, stdout=subprocess.PIPE, check=False).stdout
        head, _, body = answer.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        return int(headers.pop("Status", "200").split()[0]), headers, body

    def answer(self, status, kind, body, length=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        global hits_asked
        path, _, query = self.path.partition("?")
        with open(os.path.join(folder, "requests"), "a") as file:
            file.write(self.path + "\n")
        asked = {name.lower(): values[0] for name, values in parse_qs(query).items()}
        known = faults()
        if asked.get("resulttype") == "hits":
            status, headers, body = self.mapserver(path, query)
            hits_asked += 1
            if "count" in known:
                body = re.sub(rb'numberMatched="\d+"', b'numberMatched="%d"' % int(known["count"][0]), body)
            if "unknown" in known:
                body = re.sub(rb'numberMatched="\d+"', b'numberMatched="unknown"', body)
            if "grow" in known:
                body = re.sub(rb'numberMatched="(\d+)"',
                              lambda match: b'numberMatched="%d"' % (int(match[1]) + hits_asked - 1), body)
            return self.answer(status, headers["Content-Type"], body)
        rows = (asked.get("request") == "GetFeature" and asked.get("count") != "1") or \
            (path.endswith("/items") and asked.get("limit") != "1")
        if not rows:
            status, headers, body = self.mapserver(path, query)
            if "unpaged" in known:
                body = re.sub(rb'(?s)(name="ImplementsResultPaging">.{0,60}<ows:DefaultValue>)TRUE', rb"\1FALSE", body)
            return self.answer(status, headers["Content-Type"], body)
        number = rows_asked()

        def due(fault):
            return fault in known and number >= int(known[fault][0])

        if "html" in known:
            return self.answer(200, "text/html", b"<!DOCTYPE html>\n<html><body>Maintenance</body></html>")
        if "report" in known:
            return self.answer(200, "text/xml", b'<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="http://www.opengis'
                               b'.net/ows/1.1"><ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>The '
                               b'database sleeps</ows:ExceptionText></ows:Exception></ows:ExceptionReport>')
        if due("fail"):
            return self.answer(int(known["fail"][1]), "text/plain", b"Overloaded")
        if "hiccup" in known and number == int(known["hiccup"][0]):
            return self.answer(503, "text/plain", b"Busy")
        if due("slow"):
            time.sleep(float(known["slow"][1]))
        if "repeat" in known:
            query = re.sub(r"(?i)startindex=\d+", "STARTINDEX=0", query)
        status, headers, body = self.mapserver(path, query)
        if "drop" in known:
            body = re.sub(rb"(?s)\s*<wfs:member>(?:(?!<wfs:member>).)*</wfs:member>\s*</wfs:FeatureCollection>",
                          b"</wfs:FeatureCollection>", body)
            body = re.sub(rb'numberReturned="(\d+)"', lambda match: b'numberReturned="%d"' % (int(match[1]) - 1), body)
        if due("cut"):
            return self.answer(status, headers["Content-Type"], body[:len(body) // 2], len(body))
        if due("half"):
            body = body[:len(body) // 2]
        self.answer(status, headers["Content-Type"], body)


class Server(ThreadingHTTPServer):
    def handle_error(self, *arguments):
        pass  # a client that hangs up is what some tests want


server = Server(("127.0.0.1", 0), Bridge)
with open(os.path.join(folder, "mapserver.conf"), "w") as config:
    config.write('CONFIG\n ENV\n  MS_MAP_PATTERN "."\n END\n MAPS\n  "world" "%s"\n END\nEND\n' % mapfile)
text = open(mapfile).read().replace("@PORT@", str(server.server_address[1]))
with open(mapfile, "w") as file:
    file.write(text)
with open(os.path.join(folder, "port.new"), "w") as file:
    file.write(str(server.server_address[1]))
os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
server.serve_forever()

#!/usr/bin/env python3
"""A small server on loopback that speaks ArcGIS REST and OGC API Features as their documents describe, for the tests.

usage: fake_server.py <folder> <world.geojson>
  /rest/services/world/MapServer            the list of layers
  /rest/services/world/MapServer/0[/query]  the plots, EPSG:31370
  /oapif/collections[/plots[/items]]        the same plots
Faults stand in <folder>/faults, one per line:
  limit N         ArcGIS: maxRecordCount (and so the most rows of an answer)
  no_order        ArcGIS: orderByFields is not supported, rows come shuffled
  no_paging       ArcGIS: resultRecordCount is not understood
  disorder        ArcGIS: says that it orders, and does not
  stuck           ArcGIS: heeds no where; OGC API: heeds no offset
  error N         the N-th and later requests for rows answer an error under HTTP 200
  cut_empty N     ArcGIS: the N-th request for rows is empty and says that it was cut
  wkid N          ArcGIS: answers in that CRS
  extra N         counts say N more
  cap N           OGC API: at most N rows in all, counts included
  silent          OGC API: no numberMatched
  no_crs          OGC API: no Content-Crs
  elsewhere       OGC API: the next page is on another host
  login           every request needs "Authorization: Bearer sesame"
  redirect URL    every request is sent on to URL
"""
import json
import os
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote

folder, source = sys.argv[1:3]
with open(source) as file:
    plots = json.load(file)["features"]
plots.sort(key=lambda plot: plot["properties"]["oidn"])
EPOCH_2026 = 1767225600000  # 2026-01-01T00:00:00Z
DAY = 86400000


def faults():
    try:
        with open(os.path.join(folder, "faults")) as file:
            return {words[0]: words[1:] for words in (line.split() for line in file) if words}
    except FileNotFoundError:
        return {}


def rows_asked():
    path = os.path.join(folder, "rows_asked")
    number = int(open(path).read()) + 1 if os.path.exists(path) else 1
    with open(path, "w") as file:
        file.write(str(number))
    return number


def box_of(plot):
    points = [point for polygon in plot["geometry"]["coordinates"] for ring in polygon for point in ring]
    return (min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))


def within(box):
    if not box:
        return plots
    x0, y0, x1, y1 = (float(number) for number in box.split(","))
    return [plot for plot in plots for b in [box_of(plot)] if b[0] <= x1 and x0 <= b[2] and b[1] <= y1 and y0 <= b[3]]


def esri(plot):
    values = dict(plot["properties"])
    values["OBJECTID"] = values["oidn"]
    values["datum"] = EPOCH_2026 + DAY * (int(values["datum"][-2:]) - 1)
    rings = []
    for polygon in plot["geometry"]["coordinates"]:
        rings += [ring[::-1] for ring in polygon[:1]] + polygon[1:]  # shells clockwise, holes the other way
    return {"attributes": values, "geometry": {"rings": rings}}


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def answer(self, value, status=200, headers=None):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with open(os.path.join(folder, "requests"), "a") as file:
            file.write(self.path + "\n")
        path, _, query = self.path.partition("?")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        known = faults()
        if "login" in known and self.headers.get("Authorization") != "Bearer sesame":
            return self.answer({"error": {"code": 499, "message": "Token Required", "details": []}}, 401)
        if "redirect" in known:
            return self.answer({}, 302, {"Location": known["redirect"][0]})
        if path.startswith("/rest/services/world/MapServer"):
            return self.arcgis(path[len("/rest/services/world/MapServer"):], asked)
        if path.startswith("/oapif"):
            return self.oapif(unquote(path[len("/oapif"):]), asked)
        return self.answer({"error": "nothing here"}, 404)

    def arcgis(self, path, asked):
        known = faults()
        limit = int(known.get("limit", ["100"])[0])
        if path == "":
            return self.answer({"layers": [{"id": 0, "name": "Plots"}]})
        if path == "/0":
            return self.answer({
                "name": "Plots", "type": "Feature Layer", "geometryType": "esriGeometryPolygon", "maxRecordCount": limit,
                "copyrightText": "Testdienst", "objectIdField": "OBJECTID",
                "extent": {"xmin": 100000, "ymin": 200000, "xmax": 102000, "ymax": 201600,
                           "spatialReference": {"wkid": 103300, "latestWkid": 31370}},
                "advancedQueryCapabilities": {"supportsPagination": "no_paging" not in known,
                                              "supportsOrderBy": "no_order" not in known},
                "fields": [{"name": name, "type": "esriFieldType" + kind} for name, kind in (
                    ("OBJECTID", "OID"), ("oidn", "Integer"), ("code", "String"), ("naam", "String"), ("opp", "Double"),
                    ("datum", "Date"))]})
        if path != "/0/query":
            return self.answer({"error": {"code": 400, "message": "Invalid URL", "details": []}})
        chosen = within(asked.get("geometry"))
        if asked.get("returnCountOnly") == "true":
            return self.answer({"count": len(chosen) + int(known.get("extra", ["0"])[0])})
        if asked.get("returnIdsOnly") == "true":
            return self.answer({"objectIdFieldName": "OBJECTID",
                                "objectIds": [plot["properties"]["oidn"] for plot in reversed(chosen)]})
        number = rows_asked()
        if "error" in known and number >= int(known["error"][0]):
            return self.answer({"error": {"code": 500, "message": "Unable to complete operation.",
                                          "details": ["Row 7 is broken"]}})
        if "cut_empty" in known and number == int(known["cut_empty"][0]):
            return self.answer({"features": [], "exceededTransferLimit": True})
        if "stuck" not in known:
            for sign, value in re.findall(r"OBJECTID (>=|<=|>) (\d+)", asked["where"]):
                keep = {">": int.__gt__, ">=": int.__ge__, "<=": int.__le__}[sign]
                chosen = [plot for plot in chosen if keep(plot["properties"]["oidn"], int(value))]
        if "disorder" in known:
            chosen = chosen[5:] + chosen[:5]
        most = limit if "no_paging" in known else min(limit, int(asked.get("resultRecordCount", limit)))
        wkid = int(known.get("wkid", ["31370"])[0])
        self.answer({"objectIdFieldName": "OBJECTID", "geometryType": "esriGeometryPolygon",
                     "spatialReference": {"wkid": wkid, "latestWkid": wkid}, "features": [esri(plot) for plot in chosen[:most]],
                     **({"exceededTransferLimit": True} if len(chosen) > most else {})})

    def oapif(self, path, asked):
        known = faults()
        here = "http://%s:%d/oapif" % self.server.server_address
        lambert = "http://www.opengis.net/def/crs/EPSG/0/31370"
        about = {"id": "plots", "title": "Plots", "storageCrs": lambert, "crs": ["#/crs"], "attribution": "Testdienst",
                 "extent": {"spatial": {"bbox": [[3.65, 51.10, 3.69, 51.13]]}}}
        if path == "/collections":
            return self.answer({"collections": [about], "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84", lambert]})
        if path == "/collections/plots":
            return self.answer(about)
        if path != "/collections/plots/items":
            return self.answer({"code": "NotFound", "description": "No such collection"}, 404)
        if asked.get("crs") != lambert or asked.get("bbox-crs", lambert) != lambert:
            return self.answer({"code": "InvalidParameterValue", "description": "crs"}, 400)
        chosen = within(asked.get("bbox"))
        if "cap" in known:
            chosen = chosen[:int(known["cap"][0])]
        limit, offset = min(100, int(asked.get("limit", 10))), int(asked.get("offset", 0))
        if limit != 1 and "error" in known and rows_asked() >= int(known["error"][0]):
            return self.answer({"code": "ServerError", "description": "The tables are turned"})
        first = 0 if "stuck" in known else offset
        rows = [dict(plot, id=plot["properties"]["oidn"]) for plot in chosen[first:first + limit]]
        answer = {"type": "FeatureCollection", "features": rows, "numberReturned": len(rows), "links": []}
        if "silent" not in known:
            answer["numberMatched"] = len(chosen) + int(known.get("extra", ["0"])[0])
        if offset + limit < len(chosen):
            base = "http://elsewhere.example/oapif" if "elsewhere" in known else here
            answer["links"].append({"rel": "next", "type": "application/geo+json", "href":
                                    "%s/collections/plots/items?limit=%d&offset=%d&crs=%s" % (base, limit, offset + limit, lambert)})
        self.answer(answer, headers={} if "no_crs" in known else {"Content-Crs": "<%s>" % lambert})


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(os.path.join(folder, "port.new"), "w") as file:
    file.write(str(server.server_address[1]))
os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
server.serve_forever()

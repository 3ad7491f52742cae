"""Shapes in the blobs of a GeoPackage, changed in place: standard library only. Little-endian, two dimensions, as the
generator of the reference job writes them."""
import array
import sqlite3
import struct

ENVELOPE_BYTES = {0: 0, 1: 32}
POINT, LINE, POLYGON = 1, 2, 3


def header_size(blob):
    if blob[:2] != b"GP" or not blob[3] & 1:
        raise ValueError("a blob is not a little-endian GeoPackage shape")
    return 8 + ENVELOPE_BYTES[(blob[3] >> 1) & 7]


def runs(blob):
    """Where the coordinates lie: (offset, vertices) of every point, line and ring."""
    out = []

    def read(at):
        kind, = struct.unpack_from("<I", blob, at + 1)
        at += 5
        if kind == POINT:
            out.append((at, 1))
            return at + 16
        count, = struct.unpack_from("<I", blob, at)
        at += 4
        if kind == LINE:
            out.append((at, count))
            return at + 16 * count
        for _ in range(count):
            if kind == POLYGON:
                vertices, = struct.unpack_from("<I", blob, at)
                out.append((at + 4, vertices))
                at += 4 + 16 * vertices
            else:
                at = read(at)
        return at

    read(header_size(blob))
    return out


def coordinates(blob, at, vertices):
    """x0, y0, x1, y1, …"""
    return array.array("d", blob[at:at + 16 * vertices])


def shifted(blob, dx, dy):
    out = bytearray(blob)
    if (blob[3] >> 1) & 7 == 1:
        box = struct.unpack_from("<4d", blob, 8)
        struct.pack_into("<4d", out, 8, box[0] + dx, box[1] + dx, box[2] + dy, box[3] + dy)
    for at, vertices in runs(blob):
        values = coordinates(blob, at, vertices)
        for i in range(0, 2 * vertices, 2):
            values[i] += dx
            values[i + 1] += dy
        out[at:at + 16 * vertices] = values.tobytes()
    return bytes(out)


def polygon(srs, rings):
    """The blob of a polygon; a ring is x0, y0, x1, y1, … and closed."""
    xs, ys = rings[0][0::2], rings[0][1::2]
    out = b"GP" + bytes([0, 3]) + struct.pack("<i4d", srs, min(xs), max(xs), min(ys), max(ys))
    out += struct.pack("<BII", 1, POLYGON, len(rings))
    return out + b"".join(struct.pack("<I", len(ring) // 2) + ring.tobytes() for ring in rings)


def opened(path):
    """A database to be changed without a journal, in which the triggers of spatial indexes do nothing: the index of the
    copy is stale afterwards, which no program of the reference job looks at."""
    database = sqlite3.connect(path)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
    tables = [row[0] for row in database.execute("SELECT table_name FROM gpkg_geometry_columns")]
    for table in tables:
        for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
                                      (table,)).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(f'DROP TABLE IF EXISTS "rtree_{table}_geom"')
    database.execute("DELETE FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'")
    return database, tables

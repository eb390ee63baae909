"""Signs or verifies messages with dkimpy. Reads a JSON list of jobs from standard input and writes a JSON list of answers."""
import base64
import json
import sys

import dkim


def text(value):
    return value.encode("utf-8")


def run(job):
    message = base64.b64decode(job["message"])
    if job["do"] == "verify":
        record = text(job["record"])
        return dkim.DKIM(message).verify(idx=0, dnsfunc=lambda name, timeout=5: record)
    header, body = job["canonicalization"].split("/")
    signature = dkim.sign(
        message,
        text(job["selector"]),
        text(job["domain"]),
        text(job["key"]),
        canonicalize=(text(header), text(body)),
        signature_algorithm=text(job["algorithm"]),
        include_headers=[text(name) for name in job["headers"]],
        length=job["length"],
    )
    return base64.b64encode(signature + message).decode()


json.dump([run(job) for job in json.load(sys.stdin)], sys.stdout)

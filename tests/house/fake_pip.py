"""Stands in for `python -m pip` and `python -m venv`: says what the real ones say, word for word.

The words were recorded from pip 23.2 and 26.3 and, for Windows and full disks, taken from their sources.
"""

from __future__ import annotations

import sys
from pathlib import Path

RETRY = ("WARNING: Retrying (Retry(total={}, connect=None, read=None, redirect=None, status=None)) after connection "
         "broken by 'NewConnectionError(\"HTTPSConnection(host='index', port=443): Failed to establish a new "
         "connection: [Errno -3] Temporary failure in name resolution\")': /simple/anyio/\n")
NOTHING_FOUND = ("ERROR: Could not find a version that satisfies the requirement anyio==4.16.0 (from versions: {})\n"
                 "ERROR: No matching distribution found for anyio==4.16.0\n")
COULD_NOT = "ERROR: Could not install packages due to an OSError: "

# what it is -> what is printed before the exit with 1
FAILURES = {
    "no network": "".join(RETRY.format(left) for left in range(4, -1, -1)) + NOTHING_FOUND.format("none"),
    "no network, lost on the way": (
        "Collecting qiskit==2.6.2\n  Downloading qiskit-2.6.2-cp310-abi3-manylinux_2_28_x86_64.whl (8.9 MB)\n"
        "ERROR: Exception:\nTraceback (most recent call last):\n"
        "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files', port=443): "
        "Read timed out.\n"),
    "no network, lost on the way, new words": (
        "error: incomplete-download\n\nx Download failed after 6 attempts because not enough bytes were received "
        "(2.1 MB/8.9 MB)\n"),
    "no network, certificate of a proxy": (
        "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection "
        "broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "
        "unable to get local issuer certificate (_ssl.c:1006)'))': /simple/anyio/\n" + NOTHING_FOUND.format("none")),
    "no space": COULD_NOT + "[Errno 28] No space left on device\n",
    "no space, Windows in German": (
        COULD_NOT + "[WinError 112] Es steht nicht genug Speicherplatz auf dem Datenträger zur Verfügung\n"),
    "no space, quota": COULD_NOT + "[Errno 122] Disk quota exceeded: '/home/alice/.venv/lib'\n",
    "hash mismatch": (
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package "
        "versions, please update the hashes. Otherwise, examine the package contents carefully; someone may have "
        "tampered with them.\n    tqdm==4.70.1 from tqdm-4.70.1-py3-none-any.whl:\n"
        "        Expected sha256 0000\n             Got        c293\n"),
    "hash mismatch, none given": (
        "ERROR: Hashes are required in --require-hashes mode, but they are missing from some requirements here.\n"),
    "no wheel": NOTHING_FOUND.format("3.7.1, 4.0.0, 4.15.0"),
    "no wheel, after a hiccup of the network": RETRY.format(4) + NOTHING_FOUND.format("3.7.1, 4.0.0, 4.15.0"),
    "in use": (
        COULD_NOT + "[WinError 32] The process cannot access the file because it is being used by another process: "
        "'C:\\\\lab\\\\.venv\\\\Lib\\\\site-packages\\\\zmq\\\\_zmq.pyd'\n"),
    "no access": COULD_NOT + "[Errno 13] Permission denied: '/srv/lab/.venv/lib'\n",
    "path too long": (
        COULD_NOT + "[Errno 2] No such file or directory: 'C:\\\\Users\\\\...'\nHINT: This error might have occurred "
        "since this system does not have Windows Long Path support enabled.\n"),
    "no venv module": (
        "The virtual environment was not created successfully because ensurepip is not available.  On Debian/Ubuntu "
        "systems, you need to install the python3-venv package using the following command.\n"),
    "unknown": "ERROR: Exception:\nTraceback (most recent call last):\nRuntimeError: the moon is in the wrong place\n",
}


def main(what: str, python: str, log: str) -> int:
    """Do or say `what`, noting it in the file `log`. A venv is made around `python`."""
    with Path(log).open("a", encoding="utf-8") as calls:
        calls.write(what + "\n")
    step, _, failure = what.partition(": ")
    if step == "venv" and not failure:
        Path(python).parent.mkdir(parents=True)
        Path(python).write_text("not run")
        (Path(python).parents[1] / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\n")
        return 0
    print("Collecting tqdm==4.70.1\n  Downloading tqdm-4.70.1-py3-none-any.whl (80 kB)\nCollecting six==1.17.0")
    if failure.startswith("half-way "):
        print("Installing collected packages: tqdm, six", flush=True)
        failure = failure.removeprefix("half-way ")
    if failure:
        print(FAILURES[failure], end="")
        return 1
    print("Installing collected packages: tqdm, six\nSuccessfully installed six-1.17.0 tqdm-4.70.1")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(*sys.argv[1:]))

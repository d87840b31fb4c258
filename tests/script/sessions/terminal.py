"""Runs an interpreter at a terminal, types what a person would, and prints what that person sees: terminal.py COMMAND..."""
import os
import pty
import select
import sys
import time

TYPED = [  # what is typed when the screen ends with a text
    (">>> ", b"1 + 1\n"),
    (">>> ", b"if 1:\n"),
    ("... ", b"\x03"),
    (">>> ", b"while True: pass\n"),
    ("... ", b"\n"),
    (None, b"\x03"),
    (">>> ", b"input('na' + 'me: ')\n"),
    ("name: ", b"snake\n"),
    (">>> ", b"try: input('na' + 'me: ')\n"),
    ("... ", b"except KeyboardInterrupt: 'no name'\n"),
    ("... ", b"\n"),
    ("name: ", b"\x03"),
    (">>> ", b"import sys; sys.stdin.isatty()\n"),
    (">>> ", b"for x in 'ab': x\n"),
    ("... ", b"\n"),
    (">>> ", b"\x04"),
]


def read_until(terminal, ending, patience):
    seen = b""
    while not seen.endswith(ending.encode()):
        if not select.select([terminal], [], [], patience)[0]:
            return seen
        try:
            piece = os.read(terminal, 1)
        except OSError:
            return seen
        if not piece:
            return seen
        seen += piece
    return seen


def wait_for_state(process, wanted):
    """Until it waits (S) or computes (R) for some time: a key that comes between a prompt and the wait for keys may be lost."""
    times = 0
    while times < 6:
        with open(f"/proc/{process}/stat") as file:
            times = times + 1 if file.read().rpartition(")")[2].split()[0] == wanted else 0
        time.sleep(0.03)


child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "dumb"
    os.execvp(sys.argv[1], sys.argv[1:])
screen = b""
for ending, keys in TYPED:
    screen += read_until(terminal, ending, 20) if ending else b""
    if keys == b"\x03":
        wait_for_state(child, "S" if ending else "R")
    os.write(terminal, keys)
screen += read_until(terminal, "\0", 20)
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(screen.decode().replace("\r\n", "\n").replace("^C", ""))  # whether the terminal shows the key is chance
print("exit", status)

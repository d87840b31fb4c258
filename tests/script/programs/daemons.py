"""Threads that nobody waits for: the program ends while they wait, sleep and compute."""
import threading
import time

started = threading.Semaphore(0)


def wait():
    started.release()
    threading.Event().wait()


def sleep():
    started.release()
    time.sleep(1000)


def compute():
    started.release()
    while True:
        pass


for work in (wait, sleep, compute):
    threading.Thread(target=work, daemon=True).start()
for _ in range(3):
    started.acquire()
print("the end")
print(threading.Thread.__module__, threading.Event.__module__, type(threading.Lock()).__module__)

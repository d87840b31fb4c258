"""Two threads add one to the same number (claim-L4): nothing is lost where threads switch only at calls and in loops."""
import sys
import threading

sys.setswitchinterval(1e-6)
count = 0


def add(times):
    global count
    for _ in range(times):
        count += 1


def run(times):
    threads = [threading.Thread(target=add, args=(times,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


run(500)
print("lost:", 1000 - count)

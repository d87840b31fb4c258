# Threads, locks, queues.
import queue
import threading
import time

total = 0
lock = threading.Lock()


def add(n):
    global total
    for _ in range(n):
        with lock:
            total += 1


threads = [threading.Thread(target=add, args=(1000,)) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total, [t.is_alive() for t in threads])

q = queue.Queue()


def produce():
    for i in range(5):
        q.put(i)
    q.put(None)


p = threading.Thread(target=produce, name='producer')
p.start()
got = []
while (item := q.get()) is not None:
    got.append(item)
p.join()
print(got, p.name, q.empty())

event = threading.Event()
order = []


def waiter():
    event.wait()
    order.append('after')


w = threading.Thread(target=waiter)
w.start()
time.sleep(0.01)
order.append('before')
event.set()
w.join()
print(order, threading.current_thread().name, threading.active_count())


class Mine(threading.Thread):
    def run(self):
        self.result = sum(range(100))


m = Mine()
m.start()
m.join()
print(m.result)
x = 0


def up():
    global x
    for i in range(20000):
        x += 1


def down():
    global x
    for i in range(20000):
        x -= 1


a, b = threading.Thread(target=up), threading.Thread(target=down)
a.start(); b.start(); a.join(); b.join()
print(x)
try:
    lock.release()
except RuntimeError as e:
    print(e)
print(lock.acquire(blocking=False), lock.locked())
lock.release()


# Two iterators of one tee do not ask for the same item at once.
import itertools

asked, may_go_on = threading.Event(), threading.Event()


class Waiting:
    def __iter__(self):
        return self

    def __next__(self):
        asked.set()
        may_go_on.wait()
        return 1


left, right = itertools.tee(Waiting())
asking = threading.Thread(target=next, args=[left])
asking.start()
asked.wait()
try:
    next(right)
except RuntimeError as error:
    print("RuntimeError", "tee" in str(error))
may_go_on.set()
asking.join()
print(next(right))
pending = queue.Queue()
pending.put(1, 1)
print(pending.get(0), threading.Lock().acquire(1), pending.empty())

# Module time: the clocks, their units, and what sleep refuses.
import time

for name in "time", "monotonic", "perf_counter", "process_time", "thread_time":
    seconds, nanoseconds = getattr(time, name)(), getattr(time, name + "_ns")()
    print(name, type(seconds).__name__, type(nanoseconds).__name__, abs(nanoseconds - seconds * 1e9) < 60e9)
begin = time.monotonic()
time.sleep(0.05)
print(time.monotonic() - begin >= 0.05)
try:
    time.sleep(-1)
except ValueError as error:
    print(error)

# Attributes of an object, read and set.
import time


class P:
    def __init__(self):
        self.x = 1
        self.y = 2

def main():
    p = P()
    for i in range(1200000):
        p.x = p.x + p.y
        p.y = p.x - p.y
        if p.x > 1000000:
            p.x = 1
            p.y = 2
    return (p.x, p.y)


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 1200000, result)

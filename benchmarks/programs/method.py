# A method that is called, and adds to an attribute.
import time


class C:
    def __init__(self):
        self.n = 0
    def add(self, k):
        self.n += k
        return self

def main():
    c = C()
    for i in range(1000000):
        c.add(2)
    return (c.n)


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 1000000, result)

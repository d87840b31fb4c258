# A function that changes a variable of the one around it.
import time


def make(k):
    total = 0
    def add(n):
        nonlocal total
        total += n * k
        return total
    return add

def main():
    add = make(3)
    for i in range(1200000):
        add(i & 7)
    return (add(0))


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 1200000, result)

# Generators, and generator expressions.
import time


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1

def main():
    total = 0
    for r in range(4):
        for x in count(400000):
            total += x
    total += sum(x * 2 for x in range(400000))
    return (total)


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 2000000, result)

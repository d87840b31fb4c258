# Exceptions that are raised and caught.
import time


def check(n):
    if n % 3 == 0:
        raise ValueError(n)
    return n

def main():
    caught = 0
    d = {}
    for i in range(400000):
        try:
            check(i)
        except ValueError as e:
            caught += 1
        try:
            d[i]
        except KeyError:
            caught += 1
    return (caught)


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 400000, result)

# The items of a list, one after the other.
import time


def main():
    data = list(range(200000))
    total = 0
    for r in range(15):
        for x in data:
            total += x
    return (total)


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 3000000, result)

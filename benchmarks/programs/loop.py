# A loop that counts, and adds.
import time


def main():
    i = 0
    total = 0
    while i < 3000000:
        total = total + i
        i += 1
    return (total)


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 3000000, result)

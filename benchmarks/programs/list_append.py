# Lists that grow.
import time


def main():
    for r in range(10):
        out = []
        for i in range(200000):
            out.append(i)
    return (len(out))


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 2000000, result)

# Expressions of floats.
import time


def main():
    x = 0.5
    for i in range(1500000):
        x = x * 3.7 * (1.0 - x) + i * 1e-12
    return (round(x, 3) < 10)


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 1500000, result)

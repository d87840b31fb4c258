# Counting words in a dict.
import time


def main():
    words = ['alpha', 'beta', 'gamma', 'delta', 'eps', 'zeta', 'eta', 'theta', 'iota', 'kappa'] * 100
    counts = {}
    for r in range(1000):
        for w in words:
            if w in counts:
                counts[w] += 1
            else:
                counts[w] = 1
    return (sorted(counts.items()))


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 1000000, result)

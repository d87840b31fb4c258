# A str that grows, and many short ones.
import time


def main():
    for r in range(5):
        s = ''
        for i in range(200000):
            s += 'xy'
    parts = []
    for i in range(200000):
        parts.append(f'{i}:{i + 1}')
    return (len(s), len(','.join(parts)))


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 1200000, result)

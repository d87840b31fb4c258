# Calls that call themselves: fib(27).
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def main():
    return fib(27)


begin = time.process_time_ns()
result = main()
print((time.process_time_ns() - begin) / 832040, result)

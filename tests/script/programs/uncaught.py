# An uncaught exception: marks under the lines.
class C:
    pass


def inner(values, i):
    return values[i] + values['key']


def middle():
    value = C()
    return inner([1, 2],
                 1)


def outer(n):
    if n == 0:
        return middle()
    return outer(n - 1)


print('before')
outer(5)

# with.
class Manager:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        print('enter', self.name)
        return self.name

    def __exit__(self, kind, value, tb):
        print('exit', self.name, kind and kind.__name__, value)
        return self.swallow


with Manager('a') as a:
    print('body', a)
with Manager('b'), Manager('c') as c:
    print(c)
with Manager('s', True):
    raise ValueError('swallowed')
try:
    with Manager('o'), Manager('i'):
        raise KeyError('through')
except KeyError as e:
    print('caught', e)


def returns():
    with Manager('r'):
        return 'value'


print(returns())


def loops():
    for i in range(3):
        with Manager(i):
            if i == 0:
                continue
            break
    print('after')


loops()
try:
    with 5:
        pass
except TypeError as e:
    print(e)


class NoExit:
    def __enter__(self):
        pass


try:
    with NoExit():
        pass
except TypeError as e:
    print(e)


class FailingExit(Manager):
    def __exit__(self, *args):
        raise RuntimeError('exit failed')


try:
    with FailingExit('f'):
        1 / 0
except RuntimeError as e:
    print(e, repr(e.__context__))
with (Manager('p') as p, Manager('q')):
    pass

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


# ---- An exit that takes the context away from what it raises ----

class WithoutContext:
    """Raises an error whose context it sets to None."""

    def __init__(self, leave):
        self.leave = leave

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.leave(KeyError("raised"))


def taken_away(error):
    try:
        raise error
    finally:
        error.__context__ = None


def taken_away_and_raised(error):
    try:
        raise error
    except KeyError:
        error.__context__ = None
        raise


for leave in (taken_away, taken_away_and_raised):
    try:
        with WithoutContext(leave):
            raise ValueError("before")
    except KeyError as error:
        print(leave.__name__, error, error.__context__)
    try:
        try:
            raise ValueError("before")
        except ValueError:
            list(map(leave, [KeyError("mapped")]))
    except KeyError as error:
        print(leave.__name__, error, error.__context__)

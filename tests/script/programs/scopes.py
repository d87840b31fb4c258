# Names: locals, globals, cells, class scopes.
x = 'global'


def outer():
    x = 'outer'

    def inner():
        nonlocal x
        x = 'changed'
        return x

    def reader():
        return x

    print(inner(), reader(), x)


outer()
print(x)


def uses_global():
    global x, made
    x = 'set'
    made = 1


uses_global()
print(x, made)


def counter():
    count = 0

    def step():
        nonlocal count
        count += 1
        return count

    return step


c = counter()
print(c(), c(), c())
print(c.__closure__[0].cell_contents, c.__code__.co_freevars, counter.__code__.co_cellvars)


class C:
    x = 'class'
    y = x

    def method(self):
        return x

    names = [n for n in 'ab']


print(C.y, C().method(), C.names)


def class_in_function():
    v = 'cell'

    class Inner:
        w = v
        v = 'own'
        z = v

        def get(self):
            return v

    return Inner.w, Inner.z, Inner().get()


try:
    print(class_in_function())
except NameError as e:
    print(type(e).__name__, e)


def unbound():
    try:
        print(later)
    except UnboundLocalError as e:
        print(e)
    later = 1
    del later
    try:
        later
    except UnboundLocalError as e:
        print(e)


unbound()


def free_unbound():
    def f():
        return v
    try:
        f()
    except NameError as e:
        print(e)
    v = 1
    print(f())


free_unbound()
print([(lambda: i)() for i in range(3)], [f() for f in [lambda: i for i in range(3)]])


def params(a, b=1):
    def inner():
        return a + b
    a += 1
    return inner()


print(params(1))


class Private:
    __secret = 1

    def __hidden(self):
        return self.__secret

    def show(self):
        return self.__hidden()


print(Private().show(), Private._Private__secret, [n for n in dir(Private) if 'Private' in n])


def total(n):
    return [y := n, (lambda: y)()]


print(total(3))
print([last := i for i in range(3)], last)


def local_names(a, *b, **c):
    d = 1
    return sorted(locals())


print(local_names(1, 2, z=3))


def qualified():
    def inner():
        pass

    class Q:
        def m(self):
            pass

    return inner.__qualname__, Q.__qualname__, Q.m.__qualname__, (lambda: 0).__qualname__


print(qualified(), C.method.__qualname__)
del x
try:
    x
except NameError as e:
    print(e)


# `global` in a function makes the name a global of the code around, whatever namespace that runs in.
globals_of_text, locals_of_text = {}, {}
exec("""
def f():
    y = 1
    def g():
        global y
        return y
    def h():
        return y + 1
    return g, h
y = 9
g, h = f()
results = g(), h()
""", globals_of_text, locals_of_text)
print(locals_of_text["results"], globals_of_text["y"], sorted(locals_of_text))


# A name that is global somewhere else is still the variable of the scope around.
def declares():
    global cell_of_class
    cell_of_class = 1


class Around:
    def method(self):
        cell_of_class = 2

        class Inner:
            nonlocal cell_of_class
            cell_of_class = 3
        return cell_of_class


declares()
print(Around().method(), cell_of_class)

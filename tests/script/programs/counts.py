# Reference counts as sys.getrefcount shows them.
import sys

text = 'memory of a constant'
print(sys.getrefcount(text))
other = text
print(sys.getrefcount(text))
del other
print(sys.getrefcount(text))
lst = list()
print(sys.getrefcount(lst))
lst.append(lst)
print(sys.getrefcount(lst))
alias = lst
print(sys.getrefcount(alias))


def f(a):
    print(sys.getrefcount(a))
    b = a
    print(sys.getrefcount(b))


f([])
f(lst)
exec(compile("var = 'made apart'", '<string>', 'exec'))
print(sys.getrefcount(var))


class C:
    pass


o = C()
print(sys.getrefcount(o))
o.self = o
print(sys.getrefcount(o))
t = (o, o)
print(sys.getrefcount(o))
del t
print(sys.getrefcount(o), sys.getrefcount([]), sys.getrefcount(C()))


def g():
    x = C()
    y = [x, x]
    print(sys.getrefcount(x))
    del y
    print(sys.getrefcount(x))


g()
big = 10 ** 30
print(sys.getrefcount(big))
d = {'k': o}
print(sys.getrefcount(o), sys.getrefcount(d))


def closure():
    v = []

    def inner():
        return v
    print(sys.getrefcount(v))
    return inner


print(sys.getrefcount(closure()()))
m = o.__class__
print(sys.getrefcount(f) , sys.getrefcount(sys.getrefcount) > 1)

# exec, eval, compile, namespaces.
print(eval('1 + 2'), eval('x + y', {'x': 1, 'y': 2}), eval('a', {}, {'a': 5}))
ns = {}
exec('def f(n):\n    return n * k\nk = 3', ns)
print(ns['f'](4), sorted(n for n in ns if not n.startswith('__')))
code = compile('z = 1\nz + 1', '<made>', 'exec')
exec(code)
print(z, code.co_filename, code.co_names)
print(eval(compile('[i for i in range(3)]', '<e>', 'eval')))


def local_exec():
    v = 1
    exec('v = 2; w = 3')
    print(v, eval('v + 1'))
    print(sorted(locals()))


local_exec()
try:
    eval('1 +')
except SyntaxError as e:
    print(type(e).__name__, e.msg, e.lineno, e.offset)
try:
    exec('x = (')
except SyntaxError as e:
    print(e.msg, e.lineno)
try:
    compile('def f():\nreturn', '<f>', 'exec')
except IndentationError as e:
    print(e.msg, e.filename)
for bad in ['return', 'break', 'yield', 'nonlocal x', 'def f(a, a): pass', 'f(a=1, a=2)', 'x = yield = 1', '*a = 1',
            'def f():\n    global x\n    nonlocal x', 'continue', 'def f(x):\n    global x', 'await x', 'async def f():\n yield from x',
            'class C:\n  return 1', '(yield)', '[x async for x in y]', 'a, *b, *c = d', 'from x import *\ndef f(): from y import *']:
    try:
        compile(bad, '<bad>', 'exec')
        print('accepted', bad)
    except SyntaxError as e:
        print(e.msg)
print(globals()['ns'] is ns, type(globals()).__name__, __name__)
exec('print("single")', {'print': print})
exec(compile('1 + 1\nNone', '<s>', 'single') if False else compile('1 + 1', '<s>', 'single'))


class Namespace(dict):
    def __missing__(self, key):
        return f'missing {key}'


print(eval('something', {}, Namespace()))
print(sorted(dir())[:2], 'ns' in dir(), 'ns' in vars())

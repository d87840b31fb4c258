# Writes a random program: make_random.py SEED. Whoever runs it must see the same.
#
# Functions are made of random statements, and called with arguments of all types. What they raise is caught and shown with
# the lines that it came through. Objects say when they die, so the order of deaths is part of what is compared, and so are
# some reference counts. Loops are short, and what grows is cut, so that each program ends soon.
import random
import sys

PRELUDE = '''\
import gc
import sys
gc.disable()  # when cycles die is not what is compared here
fuel = 0
def tick():
    global fuel
    fuel += 1
    if fuel > 400:
        raise RuntimeError('no fuel')
    return True
def cut(x):
    if type(x) is int:
        return x % 1000003
    if type(x) in (str, list, tuple, bytes):
        return x[:6]
    return x
class Node:
    def __init__(self, name, *rest):
        self.name = name
        self.rest = rest
    def __repr__(self):
        return f'Node({self.name})'
    def __del__(self):
        print('dies', self.name)
    def __eq__(self, other):
        return isinstance(other, Node) and self.name == other.name
    def __hash__(self):
        return 7
    def __add__(self, other):
        return Node(f'{self.name}+')
    def __lt__(self, other):
        return NotImplemented if isinstance(other, str) else True
    def __enter__(self):
        print('enters', self.name)
        return self
    def __exit__(self, kind, value, traceback):
        print('exits', self.name, kind and kind.__name__)
        return self.name == 'quiet'
    def __iter__(self):
        yield self.name
        yield from self.rest
    def __call__(self, *given, **named):
        return (self.name, len(given), sorted(named))
    def __getitem__(self, key):
        if key == 3:
            raise IndexError('three')
        return key
    def method(self, x=1, *, y=2):
        self.seen = (x, y)
        return x
    @property
    def size(self):
        return len(self.rest)
def show(function, *given):
    global fuel
    fuel = 0
    try:
        result = function(*given)
        if hasattr(result, '__next__'):
            result = [one for one, _ in zip(result, range(5))]
        print(function.__name__, 'gives', repr(result)[:200])
    except Exception as error:
        lines = []
        entry = error.__traceback__
        while entry is not None:
            lines.append(entry.tb_lineno)
            entry = entry.tb_next
        context = error.__context__
        print(function.__name__, 'raises', type(error).__name__, str(error)[:200], lines[-4:],
              type(context).__name__ if context is not None else None)
'''


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.depth = 0
        self.loops = 0
        self.names = []
        self.number = 0
        self.is_generator = False
        self.in_finally = 0
        self.functions = []

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def line(self, text):
        self.lines.append('    ' * self.depth + text)

    # ---- Expressions ----

    def constant(self):
        return self.pick('0', '1', '2', '-3', '7', '256', '257', '1000', '2**40', '2**63', 'True', 'None', '0.5', '-2.25',
                         "'a'", "'text'", "''", "b'xy'", '()', '(1, 2)', '[]', '[1, 2, 3]', '{}', "{1: 'one', 'k': 2}",
                         f"Node('n{self.random.randrange(5)}')", 'range(3)', 'Node', 'len', 'ValueError')

    def name(self):
        return self.random.choice(self.names) if self.names and self.chance(93) else self.pick('a', 'b', 'unknown')

    def atom(self):
        return self.name() if self.chance(65) else self.constant()

    def expression(self, depth=0):
        if depth > 2 or self.chance(25):
            return self.atom()
        sub = lambda: self.expression(depth + 1)
        sort = self.random.randrange(22)
        if sort < 4:
            left, right = sub(), sub()
            return f'cut({left} {self.pick("+", "-", "+")} {right})'
        if sort == 4:
            return f'{self.name()} {self.pick("+", "-")} {self.pick("1", "2", "0.5", "1000")}'
        if sort == 5:
            return f'cut({self.name()} * {self.pick("2", "3", "0.5")})'
        if sort == 6:
            return f'({sub()} {self.pick("//", "%", "/", "&", "|", "^")} {self.pick("1", "2", "7", "-3", self.name())})'
        if sort in (7, 8):
            return f'({sub()} {self.pick("<", "<=", "==", "!=", ">", ">=", "is", "is not", "in", "not in")} {sub()})'
        if sort == 9:
            return f'({sub()} < {sub()} {self.pick("<", "==", ">=")} {sub()})'
        if sort == 10:
            return f'({sub()} {self.pick("and", "or")} {sub()})'
        if sort == 11:
            return f'({sub()} if {sub()} else {sub()})'
        if sort == 12:
            return f'{self.name()}[{self.pick("0", "1", "-1", "3", "k", ":2", "::-1", self.name()) if self.chance(90) else sub()}]'.replace('[k]', "['k']")
        if sort == 13:
            return f'{self.name()}.{self.pick("name", "size", "rest", "seen", "real", "missing")}'
        if sort == 14:
            return f'{self.name()}.method({self.pick("", sub(), "x=" + sub(), "y=1", "1, 2")})'
        if sort == 15:
            return self.call(sub)
        if sort == 16:
            return self.pick(f'[{sub()}, {sub()}]', f'({sub()}, *{self.name()})', f'{{1: {sub()}, {self.pick("2", "1")}: {sub()}}}',
                             f'[*{self.name()}, {sub()}]')
        if sort == 17:
            return self.comprehension(sub)
        if sort == 18:
            return "f'{" + self.name() + self.pick('', '!r', ':>4', '=') + "}'"
        if sort == 19:
            return f'({self.pick("not", "-", "+", "~")} {sub()})'
        if sort == 20:
            return f'(lambda z={sub()}: {self.pick("z", "z, " + self.name(), "cut(z + z)")})()'
        return f'({self.new_name()} := {sub()})'

    def call(self, sub):
        if self.functions and self.chance(55):
            return f'{self.random.choice(self.functions)}({self.pick(sub(), sub() + ", " + sub(), "*" + self.name(), "b=" + sub())})'
        return f'{self.pick("len", "str", "repr", "bool", "list", "tuple", "sum", "sorted", "abs", "type", "iter", self.name())}({sub()})' \
            .replace('type(', 'cut(').replace('iter(', 'list(')

    def comprehension(self, sub):
        source = self.pick('range(3)', self.name(), '(1, 2, 3)')
        self.names.append('c')
        element, test = sub(), self.pick('', ' if c', ' if ' + self.expression(2))
        self.names.pop()
        return self.pick(f'[{element} for c in {source}{test}]', f'list({element} for c in {source}{test})',
                         f'{{c: {element} for c in {self.pick("range(3)", "(1, 2, 3)")}{test}}}')

    def new_name(self):
        name = self.pick('v', 'w', 'x', 'y')
        if name not in self.names:
            self.names.append(name)
        return name

    # ---- Statements ----

    def block(self, least=1):
        self.depth += 1
        for _ in range(self.random.randrange(least, 4)):
            self.statement()
        self.depth -= 1

    def statement(self):
        if self.depth > 5:
            return self.line(f'{self.new_name()} = {self.atom()}')
        sort = self.random.randrange(24)
        if sort < 5:
            value = self.expression()
            self.line(f'{self.new_name()} = {value}')
        elif sort == 5:
            self.line(f'{self.name()} {self.pick("+=", "-=")} {self.pick("1", "2", "0.5", "(5,)", "[6]", self.pick("1000", "7"))}')
        elif sort == 6:
            value = self.expression()
            self.line(f'{self.new_name()}, {self.pick("", "*")}{self.new_name()} = {value}')
        elif sort == 7:
            self.line(f'{self.name()}{self.pick("[0]", "[1]", ".seen", "[" + repr("k") + "]", ".rest")} {self.pick("=", "=", "+=")} {self.pick("1", "(2,)", self.name())}')
        elif sort == 8:
            self.line(f'print({self.expression()})' if self.chance(70) else f'print({self.expression()}, sys.getrefcount({self.name()}) < 10)')
        elif sort in (9, 10):
            self.line(f'if {self.expression()}:')
            self.block()
            if self.chance(50):
                self.line('else:')
                self.block()
        elif sort in (11, 12):
            self.loop()
        elif sort in (13, 14):
            self.try_statement()
        elif sort == 15:
            self.line(f'with {self.pick("Node(" + repr("with") + ")", "Node(" + repr("quiet") + ")", self.name())}{self.pick("", " as " + self.new_name())}:')
            self.block()
        elif sort == 16:
            self.line(self.pick('raise ValueError(1)', f'raise KeyError({self.atom()})', f'raise {self.name()}', f"raise TypeError('t') from {self.pick('None', self.name())}"))
        elif sort == 17:
            self.line(f'return {self.expression()}' if not self.is_generator or self.chance(40) else f'yield {self.expression()}')
        elif sort == 18 and self.loops > 0:
            self.line(self.pick('break', 'continue', 'continue'))
        elif sort == 19:
            self.line(f'del {self.name()}{self.pick("", "[0]", ".seen")}')
        elif sort == 20 and self.depth < 3:
            self.inner_function()
        elif sort == 21 and self.depth < 4:
            self.match_statement()
        elif sort == 22 and self.is_generator:
            self.line(f'{self.new_name()} = yield {self.expression()}' if self.chance(60) else f'yield from {self.expression()}')
        elif sort == 23:
            self.line(f'assert {self.expression()}, {self.atom()}')
        else:
            self.line(f'{self.expression()}')

    def loop(self):
        self.loops += 1
        if self.chance(60):
            source = self.pick('range(4)', self.name(), '[1, 2, 3]', f'enumerate({self.name()})', "{1: 2, 'k': 3}", 'range(1000, 1003)')
            self.line(f'for {self.new_name()} in {source}:')
        else:
            self.line(f'while {self.expression()}:')
        self.depth += 1
        self.line('tick()')
        self.depth -= 1
        self.block()
        self.loops -= 1
        if self.chance(25):
            self.line('else:')
            self.block()

    def try_statement(self):
        self.line('try:')
        self.block()
        has_handler = self.chance(75)
        if has_handler:
            self.line(f'except {self.pick("ValueError", "(TypeError, KeyError)", "Exception")}{self.pick("", " as e")}:')
            self.block()
            if self.chance(30):
                self.line('else:')
                self.block()
        if not has_handler or self.chance(35):
            self.line('finally:')
            self.block()

    def inner_function(self):
        self.number += 1
        name = f'inner{self.number}'
        before = list(self.names), self.is_generator, self.loops
        self.line(f'def {name}(p=1, *q, r=2):')
        self.names += ['p', 'q', 'r']
        self.is_generator, self.loops = False, 0
        shared = [one for one in before[0] if one in ('v', 'w', 'x', 'y')]
        if shared and self.chance(40):
            # Bound in the function around: the name stands in its parameters or was assigned before.
            self.depth += 1
            self.line(f'nonlocal {self.random.choice(shared)}')
            self.depth -= 1
        self.block()
        self.names, self.is_generator, self.loops = before
        self.line(f'print({name}({self.pick("", self.atom(), "r=" + self.atom())}))')

    def match_statement(self):
        self.line(f'match {self.expression()}:')
        self.depth += 1
        for pattern in (self.pick('0 | 1', 'None', "'a'", '-3', 'True'), self.pick('[m, *n]', '(m, n)', "{'k': m}", "{1: m, **n}"),
                        self.pick('Node(name=m)', 'int(m)', 'str() as m')):
            self.line(f'case {pattern}{self.pick("", " if " + self.atom())}:')
            self.block()
        self.line('case _:')
        self.block()
        self.depth -= 1

    def function(self, number):
        name = f'f{number}'
        self.is_generator = self.chance(25)
        self.names = ['a', 'b']
        self.line(f'def {name}(a, b=5):')
        self.depth += 1
        for one in ('v', 'w', 'x', 'y'):
            if self.chance(60):
                self.line(f'{one} = {self.constant()}')
                self.names.append(one)
        self.depth -= 1
        self.block(2)
        self.block(2)
        if self.is_generator:
            self.line('    yield a')
        self.functions.append(name)

    def program(self):
        for number in range(12):
            begin = len(self.lines)
            self.function(number)
            try:
                compile(PRELUDE + '\n'.join(self.lines), 'program', 'exec')
            except SyntaxError:
                # A name of an inner function that is nonlocal and a parameter, say.
                del self.lines[begin:]
                if self.functions and self.functions[-1] == f'f{number}':
                    self.functions.pop()
        for name in self.functions:
            for arguments in ('1', '300, 2', "'text', 1.5", "[1, 2], 'k'", "Node('p'), (1, 2)", "{'k': 1}, None", '2**64, 0.5'):
                self.line(f'show({name}, {arguments})')
        return PRELUDE + '\n'.join(self.lines) + '\n'


import warnings
warnings.simplefilter('ignore')
sys.stdout.write(Maker(int(sys.argv[1])).program())

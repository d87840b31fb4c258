# textwrap, inspect, fractions, numbers and the parts of sys that have names.
import functools
import inspect
import numbers
import sys
import textwrap
from fractions import Fraction

TEXT = ("Hello there -- you goof-ball, use the -b option!  It\u00b7s a 2-pack of state-of-the-art\tthings, "
        "which averyveryverylongwordwouldnotfit do not fit.")
for width in (10, 25, 40):
    for options in ({}, {"break_long_words": False}, {"break_on_hyphens": False}, {"max_lines": 2}, {"initial_indent": "* ",
                    "subsequent_indent": "  "}, {"fix_sentence_endings": True}, {"drop_whitespace": False}):
        try:
            print(textwrap.wrap(TEXT, width, **options))
        except ValueError as error:
            print(error)
print(textwrap.shorten(TEXT, 30), textwrap.fill("a b c", 3), sep="\n")
print(repr(textwrap.dedent("\n    a\n      b\n\n    c\n  \t\n")), repr(textwrap.indent("a\n\n b\n", "> ")))


def f(a, b=1, /, c: int = 2, *args, d, e=3, **kw) -> int:
    "doc"
    yield 1


class C:
    """one
        two
          three
    """

    def __init__(self, x, y=2):
        pass

    def method(self, *, q):
        pass

    @classmethod
    def build(cls, z):
        pass

    @property
    def p(self):
        raise ValueError


print(inspect.signature(f), inspect.signature(C), inspect.signature(C(1).method), inspect.signature(C.build),
      inspect.getdoc(C))
print(inspect.signature(functools.partial(f, 1, c=5)), inspect.signature(f).parameters["c"].annotation)
print(repr(inspect.signature(f).bind(1, 2, 3, 4, 5, d=6, z=7)), inspect.signature(f).bind(1, d=2).kwargs)
for call in (lambda: inspect.signature(f).bind(1), lambda: inspect.signature(3), lambda: inspect.signature(f).bind(),
             lambda: inspect.Parameter("1", inspect.Parameter.KEYWORD_ONLY), lambda: inspect.signature(C).bind(1, x=2)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(isinstance(inspect.getattr_static(C(1), "p"), property), [name for name, _ in inspect.getmembers(C) if name[0] != "_"])
running = f(1, d=2)
print(inspect.getgeneratorstate(running), inspect.isgenerator(running), inspect.isgeneratorfunction(f), inspect.isclass(C))
next(running)
print(inspect.getgeneratorstate(running), running.close(), inspect.getgeneratorstate(running))
print(inspect.getsource(C.method), inspect.currentframe().f_code.co_name, inspect.isfunction(f), inspect.isbuiltin(len))

print(Fraction(3, 4) + 1, Fraction("1.5e3"), Fraction(1, 3) ** -2, round(Fraction(5, 2)), float(Fraction(1, 3)))
print(Fraction(22, 7).limit_denominator(3), divmod(Fraction(7, 2), 2), Fraction(1, 3) < 0.5, Fraction(0.1))
print(hash(Fraction(1, 2)) == hash(0.5), isinstance(3, numbers.Integral), isinstance(2.5, numbers.Real))
print(isinstance(2.5, numbers.Rational), sorted({Fraction(1, 2), 1}))
for text in ("1/0", "x", "1__0", "3/-4", " 7/8 "):
    try:
        print(Fraction(text))
    except Exception as error:
        print(type(error).__name__, error)

print(sys.version_info[:2], sys.version_info.major, sys.version_info >= (3, 11), sys.float_info)
print(sys.hash_info.modulus, sys.int_info)
print(type(sys.flags).__name__, sys.flags.debug, sys.float_info.max == 1.7976931348623157e308, sys.get_int_max_str_digits())

"""What CPython's tests ask of its C API that is here without it. A test that asks for anything else is skipped."""

import unittest

CHAR_MAX, CHAR_MIN, UCHAR_MAX = 127, -128, 255
SHRT_MAX, SHRT_MIN, USHRT_MAX = 2 ** 15 - 1, -2 ** 15, 2 ** 16 - 1
INT_MAX, INT_MIN, UINT_MAX = 2 ** 31 - 1, -2 ** 31, 2 ** 32 - 1
LONG_MAX = LLONG_MAX = PY_SSIZE_T_MAX = 2 ** 63 - 1
LONG_MIN = LLONG_MIN = PY_SSIZE_T_MIN = -2 ** 63
ULONG_MAX = ULLONG_MAX = SIZE_MAX = 2 ** 64 - 1
DBL_MAX, DBL_MIN = 1.7976931348623157e+308, 2.2250738585072014e-308
FLT_MAX, FLT_MIN = 3.4028234663852886e+38, 1.1754943508222875e-38


class Missing(AttributeError, unittest.SkipTest):
    """For `from _testcapi import x` a missing name, in a test that uses it a reason to skip."""


def with_tp_del(cls):
    """Any class may have a legacy finalizer, __tp_del__."""
    return cls


def __getattr__(name):
    raise Missing(f"needs the C API: {name}")

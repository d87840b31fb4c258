"""The module unittest, and test.support."""
import io
import sys
import unittest


class Outcomes(unittest.TestCase):
    def test_ok(self):
        self.assertEqual(1, 1)

    def test_fails(self):
        self.assertEqual([1, 2], [1, 3])

    def test_error(self):
        raise KeyError("k")

    @unittest.skip("not today")
    def test_skipped(self):
        pass

    @unittest.skipIf(True, "if")
    def test_skip_if(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.fail("as expected")

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_subtests(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertNotEqual(i, 1)

    def test_skips_itself(self):
        self.skipTest("inside")


class Hooks(unittest.TestCase):
    log = []

    @classmethod
    def setUpClass(cls):
        cls.log.append("setUpClass")

    @classmethod
    def tearDownClass(cls):
        cls.log.append("tearDownClass")

    def setUp(self):
        self.log.append("setUp")
        self.addCleanup(self.log.append, "cleanup")

    def tearDown(self):
        self.log.append("tearDown")

    def test_a(self):
        """A test with a text."""
        self.log.append("a")

    def test_b(self):
        self.log.append("b")


def run(case):
    stream = io.StringIO()
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
    result = unittest.TextTestRunner(stream, verbosity=2).run(suite)
    lines = [line for line in stream.getvalue().splitlines() if " ... " in line or line.startswith(("FAIL", "ERROR", "OK",
        "UNEXP"))]
    print("\n".join(lines))
    print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), len(result.expectedFailures),
          len(result.unexpectedSuccesses), result.wasSuccessful())


run(Outcomes)
run(Hooks)
print(Hooks.log)
case = unittest.TestCase()
checks = [
    lambda: case.assertTrue(0), lambda: case.assertFalse(1, "why"), lambda: case.assertIs(1, None),
    lambda: case.assertIsNot(None, None),
    lambda: case.assertIsNone(5), lambda: case.assertIsNotNone(None), lambda: case.assertIn(1, [2]),
    lambda: case.assertNotIn(1, [1]),
    lambda: case.assertIsInstance(1, str), lambda: case.assertNotIsInstance(1, int), lambda: case.assertLess(2, 1),
    lambda: case.assertLessEqual(2, 1), lambda: case.assertGreater(1, 2), lambda: case.assertGreaterEqual(1, 2),
    lambda: case.assertEqual(1, 2),
    lambda: case.assertNotEqual(1, 1), lambda: case.assertAlmostEqual(1, 1.1),
    lambda: case.assertAlmostEqual(1, 1.5, delta=0.1),
    lambda: case.assertNotAlmostEqual(1, 1.00000001), lambda: case.assertSetEqual({1}, {2}),
    lambda: case.assertCountEqual([1, 1, 2], [1, 2, 2]),
    lambda: case.assertRaises(ValueError, int, "5"), lambda: case.assertRaisesRegex(ValueError, "nothing", int, "x"),
    lambda: case.assertRegex("abc", "x+"), lambda: case.assertNotRegex("abc", "b"), lambda: case.fail("failed"),
    lambda: case.fail(),
]
for check in checks:
    try:
        check()
        print("passed")
    except AssertionError as error:
        print(error)
with case.assertRaises(ZeroDivisionError) as caught:
    1 / 0
print(caught.exception, caught.expected)
with case.assertRaisesRegex(ValueError, r"invalid literal.*'x+'$"):
    int("xxx")
for pattern, text in [("a|b", "b"), ("^a.c$", "abc"), ("[0-9]{2,3}", "a12"), (r"\w+@\w+\.(com|org)", "x@y.org"),
                      ("(?i)ABC", "abc"), ("a(?!b)", "ac"),
                      (r"\bword\b", "a word here"), ("colou?r", "color"), ("x*?y", "xxy")]:
    case.assertRegex(text, pattern)
with case.assertWarns(DeprecationWarning) as caught:
    import warnings
    warnings.warn("old", DeprecationWarning)
print(caught.warning)
try:
    case.assertRaises(5, int)
except TypeError as error:
    print(error)
print(Hooks("test_a"), Hooks("test_a").id(), repr(Hooks("test_b")), Hooks("test_a").shortDescription())
try:
    Hooks("test_missing")
except ValueError as error:
    print(error)
suite = unittest.TestSuite([Hooks("test_a"), Hooks("test_b")])
print(suite.countTestCases(), unittest.TestLoader().getTestCaseNames(Hooks))
try:
    unittest.main(argv=["program", "-q", "Hooks.test_a"], testRunner=unittest.TextTestRunner(io.StringIO()))
except SystemExit as exit:
    print(exit.code)
from test import support
with support.captured_stdout() as out:
    print("captured")
print(repr(out.getvalue()), support.ALWAYS_EQ == 5, support.NEVER_EQ == support.NEVER_EQ, support.LARGEST > 5)
with support.swap_attr(support, "verbose", 7):
    print(support.verbose)

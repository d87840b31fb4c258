"""Tests that -m unittest runs."""
import unittest


class Numbers(unittest.TestCase):
    def test_sum(self):
        self.assertEqual(1 + 1, 2)

    def test_product(self):
        self.assertEqual(2 * 2, 5)

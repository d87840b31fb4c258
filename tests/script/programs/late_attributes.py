# A cycle of instances that get an attribute after both were made: two objects, no dicts.
import gc


class Node:
    def __init__(self, name):
        self.name = name


def ring(count):
    nodes = [Node(i) for i in range(count)]
    for i, node in enumerate(nodes):
        node.next = nodes[i - 1]


gc.collect()
for count in 1, 2, 5, 20:
    ring(count)
    print(gc.collect())

"""Heaps: lists whose first item is the smallest."""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def _list_of(heap, argument):
    if not isinstance(heap, list):
        raise TypeError(f"{argument} must be list, not {type(heap).__name__}")
    return heap


def _rise(heap, start, place):
    item = heap[place]
    while place > start:
        above = (place - 1) >> 1
        parent = heap[above]
        if not item < parent:
            break
        heap[place] = parent
        place = above
    heap[place] = item


def _sink(heap, place):
    """Lets the smaller child rise until a leaf is free, then the item rises from there."""
    end = len(heap)
    start = place
    item = heap[place]
    child = 2 * place + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    _rise(heap, start, place)


def heappush(heap, item, /):
    _list_of(heap, "heappush() argument 1").append(item)
    _rise(heap, 0, len(heap) - 1)


def heappop(heap, /):
    _list_of(heap, "heappop() argument")
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    smallest = heap[0]
    heap[0] = last
    _sink(heap, 0)
    return smallest


def heapreplace(heap, item, /):
    _list_of(heap, "heapreplace() argument 1")
    if not heap:
        raise IndexError("index out of range")
    smallest = heap[0]
    heap[0] = item
    _sink(heap, 0)
    return smallest


def heappushpop(heap, item, /):
    if _list_of(heap, "heappushpop() argument 1") and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item


def heapify(heap, /):
    for place in reversed(range(len(_list_of(heap, "heapify() argument")) // 2)):
        _sink(heap, place)


class _Reversed:
    """Orders its item the other way round."""
    __slots__ = ("item",)

    def __init__(self, item):
        self.item = item

    def __eq__(self, other):
        return self.item == other.item

    def __lt__(self, other):
        return other.item < self.item


def merge(*iterables, key=None, reverse=False):
    heap = []
    wrap = _Reversed if reverse else (lambda value: value)
    for order, iterator in enumerate(map(iter, iterables)):
        for value in iterator:
            heap.append([wrap(value if key is None else key(value)), order, value, iterator])
            break
    heapify(heap)
    while heap:
        first = heap[0]
        yield first[2]
        for value in first[3]:
            heapreplace(heap, [wrap(value if key is None else key(value)), first[1], value, first[3]])
            break
        else:
            heappop(heap)


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]

"""The modules heapq, bisect and sched."""
import bisect
import heapq
import sched
from module_support import told

heap = []
for x in [5, 1, 8, 3, 9, 2, 7]:
    heapq.heappush(heap, x)
print(heap, [heapq.heappop(heap) for _ in range(4)], heap)
items = [9, 8, 7, 6, 5, 4, 3, 2, 1]
heapq.heapify(items)
print(items, heapq.heapreplace(items, 10), heapq.heappushpop(items, 0), heapq.heappushpop(items, 99), items)
told(heapq.heappop, [])
told(heapq.heapreplace, [], 1)
told(heapq.heappush, (), 1)
told(heapq.heapify, 5)
print(heapq.nsmallest(3, [5, 1, 4, 2]), heapq.nlargest(2, "hello"), heapq.nlargest(2, ["aa", "b", "cccc"], key=len),
      heapq.nsmallest(0, [1]))
print(list(heapq.merge([1, 4], [2, 3], [])), list(heapq.merge([4, 1], [3, 2], reverse=True)),
      list(heapq.merge(["a", "ccc"], ["bb"], key=len)))
a = [1, 2, 2, 2, 3]
print(bisect.bisect(a, 2), bisect.bisect_left(a, 2), bisect.bisect_right(a, 5), bisect.bisect_left(a, 2, 2),
      bisect.bisect(a, 2, 0, 2))
bisect.insort(a, 2.5)
bisect.insort_left(a, 1)
print(a, bisect.bisect_left([("a", 1), ("b", 2)], 2, key=lambda pair: pair[1]))
pairs = [("a", 1), ("b", 3)]
bisect.insort(pairs, ("c", 2), key=lambda pair: pair[1])
print(pairs)
told(bisect.bisect, a, 1, -1)
told(bisect.bisect, a, "x")
now = 0


def advance(by):
    global now
    now += by


scheduler = sched.scheduler(lambda: now, advance)
scheduler.enter(2, 1, print, ("second",))
scheduler.enter(1, 2, print, ("first low",))
scheduler.enterabs(1, 1, print, ("first", "high"), {"sep": "-"})
gone = scheduler.enter(5, 1, print, ("never",))
scheduler.cancel(gone)
print([event.time for event in scheduler.queue], scheduler.empty())
scheduler.run()
print(now, scheduler.empty())
told(scheduler.cancel, gone)


# ---- Merging keeps the order of what is equal, also from the largest ----

rows = [[(key, place, number) for number, key in enumerate(keys)] for place, keys in enumerate(("aabcc", "abbbc", "", "ccc"))]
for reverse in (False, True):
    given = [sorted(row, key=lambda item: item[0], reverse=reverse) for row in rows]
    merged = list(heapq.merge(*given, key=lambda item: item[0], reverse=reverse))
    print(merged == sorted(sum(given, []), key=lambda item: item[0], reverse=reverse), merged)
    print(list(heapq.merge(*([item[0] for item in row] for row in given), reverse=reverse)))

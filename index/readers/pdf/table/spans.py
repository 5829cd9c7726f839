"""Marks that stand in the middle of what they cover in, what each of them covers out.

A label of several rows and a heading of several columns are set in the middle of these; nothing in a PDF says more.
"""

from collections.abc import Sequence


def covered(marks: Sequence[float], slots: Sequence[tuple[float, float]], near: float) -> list[range] | None:
    """Return for each mark the slots in whose middle it stands, so that each slot is covered by one mark.

    `marks` and `slots` (from where to where) ascend; a mark may be `near` points off. None where they do not fit; of
    several ways the one that is least off.
    """
    reached: dict[int, tuple[float, list[range]]] = {0: (0.0, [])}  # slots covered so far: how far off, and by what
    for mark in marks:
        further: dict[int, tuple[float, list[range]]] = {}
        for start, (cost, ranges) in reached.items():
            for end in range(start + 1, len(slots) + 1):
                off = abs((slots[start][0] + slots[end - 1][1]) / 2 - mark)
                if off > near:
                    if (slots[start][0] + slots[end - 1][1]) / 2 > mark:
                        break
                    continue
                if end not in further or cost + off < further[end][0]:
                    further[end] = (cost + off, [*ranges, range(start, end)])
        reached = further
    found = reached.get(len(slots))
    return found[1] if found and marks else None

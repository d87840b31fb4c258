"""Text wrapping and filling: paragraphs cut to lines of some width, and margins taken off or put on."""

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_blanks = "\t\n\v\f\r "
_to_spaces = {ord(c): " " for c in _blanks}


def _is_word(c):
    return c.isalnum() or c == "_"


def _is_letter(c):
    return _is_word(c) and not c.isdecimal()


def _ends_word(c):
    return _is_word(c) or c in "!\"'&.,?"


def _dash_length(text, at):
    """How many dashes stand between two words at a place; 0 unless there are two or more."""
    end = at
    while end < len(text) and text[end] == "-":
        end += 1
    joins = end - at >= 2 and at > 0 and _ends_word(text[at - 1]) and end < len(text) and _is_word(text[end])
    return end - at if joins else 0


def _may_break_after(text, hyphen, begin):
    """Whether the hyphen of a compound word may end a line: letters must stand around it."""
    rest = text[hyphen + 1:hyphen + 4]
    if not rest or not _is_letter(rest[0]):
        return False
    follows = rest[1:].removeprefix("-")
    if not follows or not _is_letter(follows[0]) or hyphen <= begin:
        return False
    if hyphen >= 2 and _is_letter(text[hyphen - 1]) and _is_letter(text[hyphen - 2]):
        return True
    return hyphen >= 3 and _is_letter(text[hyphen - 1]) and text[hyphen - 2] == "-" and _is_letter(text[hyphen - 3])


def _end_of_piece(text, begin, at_hyphens):
    """Where the piece ends that begins at a place: blanks, a dash, or as much of a word as cannot be divided."""
    size, end = len(text), begin + 1
    if text[begin] in _blanks:
        while end < size and text[end] in _blanks:
            end += 1
        return end
    if at_hyphens and (dash := _dash_length(text, begin)):
        return begin + dash
    while end < size and text[end] not in _blanks:
        if at_hyphens and text[end] == "-":
            if _may_break_after(text, end, begin):
                return end + 1
            if _dash_length(text, end):
                return end
        end += 1
    return end


class TextWrapper:
    """Wraps text to lines; what it does is said by its attributes, which are the parameters below."""

    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8,
                 *, max_lines=None, placeholder=" [...]"):
        settings = locals()
        settings.pop("self")
        self.__dict__.update(settings)

    def wrap(self, text):
        """The lines of one paragraph, without newlines at their ends."""
        pieces = self._pieces(text)
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            margin = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(margin) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        return self._lines(pieces[::-1])

    def fill(self, text):
        """The lines as one text."""
        return "\n".join(self.wrap(text))

    def _pieces(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(_to_spaces)
        pieces = self._split(text)
        if self.fix_sentence_endings:
            for i in range(len(pieces) - 1):
                if pieces[i + 1] == " " and self._ends_sentence(pieces[i]):
                    pieces[i + 1] = "  "
        return pieces

    def _split(self, text):
        pieces, at = [], 0
        while at < len(text):
            end = _end_of_piece(text, at, self.break_on_hyphens)
            pieces.append(text[at:end])
            at = end
        return pieces

    @staticmethod
    def _ends_sentence(piece):
        """A small letter, a sign, and perhaps a quotation mark end a sentence."""
        if piece[-1:] and piece[-1] in "\"'":
            piece = piece[:-1]
        return len(piece) >= 2 and piece[-1] in ".!?" and "a" <= piece[-2] <= "z"

    def _lines(self, left):
        """Takes pieces off the end of a list, and gives the lines that they make."""
        lines = []
        while left:
            margin = self.subsequent_indent if lines else self.initial_indent
            room = self.width - len(margin)
            if self.drop_whitespace and lines and not left[-1].strip():
                left.pop()
            line, used = [], 0
            while left and used + len(left[-1]) <= room:
                used += len(left[-1])
                line.append(left.pop())
            if left and len(left[-1]) > room:
                used += self._divide(left, line, used, room)
            if self.drop_whitespace and line and not line[-1].strip():
                used -= len(line.pop())
            if not line:
                continue
            is_last = self.max_lines is not None and len(lines) + 1 >= self.max_lines
            ends_here = not left or (self.drop_whitespace and len(left) == 1 and not left[0].strip())
            if is_last and not (ends_here and used <= room):
                return self._with_placeholder(lines, line, used, room, margin)
            lines.append(margin + "".join(line))
        return lines

    def _divide(self, left, line, used, room):
        """Puts what fits of a piece that is longer than a line into this one. Gives how many characters that were."""
        space = max(room - used, 0) if room >= 1 else 1
        if not self.break_long_words:
            if line:
                return 0
            line.append(left.pop())
            return len(line[-1])
        piece, end = left[-1], space
        if self.break_on_hyphens and len(piece) > space:
            hyphen = piece.rfind("-", 0, space)
            if hyphen > 0 and piece[:hyphen].strip("-"):
                end = hyphen + 1
        line.append(piece[:end])
        left[-1] = piece[end:]
        if room < 0 and not left[-1]:
            left.pop()
        return len(line[-1])

    def _with_placeholder(self, lines, line, used, room, margin):
        while line:
            if line[-1].strip() and used + len(self.placeholder) <= room:
                return lines + [margin + "".join(line) + self.placeholder]
            used -= len(line.pop())
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                return lines[:-1] + [before + self.placeholder]
        return lines + [margin + self.placeholder.lstrip()]


def wrap(text, width=70, **kwargs):
    """The lines of one paragraph, each of at most `width` characters."""
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """One paragraph as a text of lines."""
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """The words of a text, cut to one line; a placeholder stands for what is left out."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.split()))


def dedent(text):
    """The text without the blanks that all of its lines begin with. Lines of blanks alone become empty."""
    lines = [line if line.strip(" \t") else "" for line in text.split("\n")]
    margin = None
    for line in filter(None, lines):
        own = line[:len(line) - len(line.lstrip(" \t"))]
        if margin is None:
            margin = own
        shared = 0
        while shared < min(len(own), len(margin)) and own[shared] == margin[shared]:
            shared += 1
        margin = margin[:shared]
    return "\n".join(line[len(margin or ""):] for line in lines)


def indent(text, prefix, predicate=None):
    """The text with a prefix before each line that `predicate` wants; by default those with more than blanks."""
    wanted = str.strip if predicate is None else predicate
    return "".join(prefix + line if wanted(line) else line for line in text.splitlines(True))

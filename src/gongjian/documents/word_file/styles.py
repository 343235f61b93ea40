"""What a paragraph inherits from its style: heading level, list, hidden or not."""

from dataclasses import dataclass, fields, replace

from gongjian.documents.word_file.package import Element, child, name, value

OFF = frozenset({"0", "false", "off", "none"})
LONGEST_CHAIN = 20
BODY_LEVEL = 9  # Word's outline level of body text


@dataclass(frozen=True, slots=True)
class Manner:
    """The properties of a paragraph that this reader looks at; None is 'not said here'."""

    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    centred: bool | None = None
    hidden: bool | None = None
    title: bool | None = None
    style: str | None = None

    def over(self, base: "Manner") -> "Manner":
        """What is said here, else what the base says."""
        return Manner(
            *(
                own if (own := getattr(self, part)) is not None else getattr(base, part)
                for part in PARTS
            )
        )


PARTS = tuple(part.name for part in fields(Manner))


class Styles:
    """The styles of a document, each with what it is based on."""

    def __init__(self, part: Element | None) -> None:
        nodes = [node for node in (part if part is not None else ()) if name(node) == "style"]
        self._nodes = {value(node, "styleId") or "": node for node in nodes}
        self._default = next(
            (
                value(node, "styleId") or ""
                for node in nodes
                if value(node, "type") == "paragraph" and value(node, "default") in {"1", "true"}
            ),
            "",
        )
        self._known: dict[str, Manner] = {}

    def manner_of(self, paragraph: Element) -> Manner:
        """What holds for a paragraph: its own properties over those of its style."""
        properties = child(paragraph, "pPr")
        style = child(properties, "pStyle")
        style_id = value(style) if style is not None else None
        chosen = style_id or self._default
        return replace(manner(properties).over(self._style(chosen)), style=chosen)

    def _style(self, style_id: str) -> Manner:
        """A style over what it is based on, each worked out once."""
        chain = self._chain(style_id)
        found = Manner()
        for own in reversed(chain):
            if own not in self._known:
                node = self._nodes[own]
                self._known[own] = manner(child(node, "pPr")).over(_named(node)).over(found)
            found = self._known[own]
        return found

    def _chain(self, style_id: str) -> list[str]:
        """From a style to one that is known already, at most as far as Word itself goes."""
        chain: list[str] = []
        while style_id in self._nodes and style_id not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(style_id)
            if style_id in self._known:
                break
            base = child(self._nodes[style_id], "basedOn")
            style_id = (value(base) if base is not None else None) or ""
        return chain


def manner(properties: Element | None) -> Manner:
    """The properties written in one pPr."""
    outline = child(properties, "outlineLvl")
    list_id = child(properties, "numPr", "numId")
    list_level = child(properties, "numPr", "ilvl")
    justified = child(properties, "jc")
    return Manner(
        outline=_number(outline),
        list_id=value(list_id) if list_id is not None else None,
        list_level=_number(list_level),
        centred=value(justified) == "center" if justified is not None else None,
    )


def _named(node: Element) -> Manner:
    """Word's own styles by their name: heading 1, 标题 1, Title."""
    label = child(node, "name")
    written = ((value(label) if label is not None else None) or "").lower().replace(" ", "")
    for word in ("heading", "标题"):
        if written.startswith(word) and written.removeprefix(word).isdigit():
            return Manner(outline=int(written.removeprefix(word)[:2]) - 1)
    return Manner(title=True) if written in {"title", "标题"} else Manner()


def is_on(element: Element | None) -> bool:
    """A switch such as w:vanish: there, and not switched off."""
    return element is not None and (value(element) or "1").lower() not in OFF


def _number(element: Element | None) -> int | None:
    text = value(element) if element is not None else None
    return int(text) if text and text.isdigit() and len(text) < 4 else None

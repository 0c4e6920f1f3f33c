"""Bodies that the platform takes, and bodies that it does not: one mistake each."""

from typing import Any, Final

Payload = dict[str, Any]
V2: Final = 1 << 15


def button(**fields: Any) -> Payload:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": "go", **fields}


def row(*parts: Payload) -> Payload:
    return {"type": 1, "components": list(parts)}


def buttons(number: int) -> list[Payload]:
    return [button(custom_id=f"go:{place}") for place in range(number)]


def select(**fields: Any) -> Payload:
    options = [{"label": value, "value": value} for value in "ab"]
    return {"type": 3, "custom_id": "choose", "options": options, **fields}


def text(content: str = "words") -> Payload:
    return {"type": 10, "content": content}


def container(*parts: Payload) -> Payload:
    return {"type": 17, "components": list(parts)}


def gallery(*urls: str) -> Payload:
    return {"type": 12, "items": [{"media": {"url": url}} for url in urls]}


def second(*parts: Payload, **fields: Any) -> Payload:
    return {"flags": V2, "components": list(parts), **fields}


def first(*rows: Payload, **fields: Any) -> Payload:
    return {"content": "words", "components": list(rows), **fields}


def embed(**fields: Any) -> Payload:
    return {"embeds": [{"title": "A title", **fields}]}


def field(name: str = "name", value: str = "value") -> Payload:
    return {"name": name, "value": value}


def chooser(kind: int, *preset: tuple[str, str], **fields: Any) -> Payload:
    """A select of people, roles or channels, in which something is chosen already."""
    defaults = [{"type": name, "id": number} for name, number in preset]
    return {"type": kind, "custom_id": f"choose:{kind}", "default_values": defaults, **fields}


GOOD_MESSAGES: Final[dict[str, Payload]] = {
    "content": {"content": "words", "tts": False, "allowed_mentions": {"parse": []}},
    "embed": embed(fields=[field()], color=1),
    "rows": first(row(*buttons(5)), row(select())),
    "link": first(row({"type": 2, "style": 5, "label": "There", "url": "https://host.example"})),
    "card": second(container(text(), gallery("https://host.example/a.png"), {"type": 14}, row(button()))),
    "selects": first(*(row({"type": kind, "custom_id": f"choose:{kind}"}) for kind in (5, 6, 7, 8))),
    "preset selects": first(
        row(chooser(7, ("user", "1"), ("role", "2"), max_values=2)), row(chooser(8, ("channel", "3")))
    ),
    "flags": {"content": "words", "flags": 1 << 2},
    "section": second({"type": 9, "components": [text()], "accessory": button()}),
}

BAD_MESSAGES: Final[dict[str, Payload]] = {
    "long content": {"content": "x" * 2001},
    "unknown field": {"content": "words", "colour": 3},
    "wrong type": {"content": 7},
    "a name of its own": {"content": "words", "username": "Somebody"},
    "eleven embeds": {"embeds": [{"title": "x"}] * 11},
    "empty embed": {"embeds": [{}]},
    "long title": embed(title="x" * 257),
    "long description": embed(description="x" * 4097),
    "26 fields": embed(fields=[field()] * 26),
    "long name of a field": embed(fields=[field(name="x" * 257)]),
    "long value of a field": embed(fields=[field(value="x" * 1025)]),
    "long footer": embed(footer={"text": "x" * 2049}),
    "long author": embed(author={"name": "x" * 257}),
    "embed of a file that nobody uploaded": embed(image={"url": "attachment://a.png"}),
    "blank field": embed(fields=[field(value=" ")]),
    "6001 characters in embeds": {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3001}]},
    "mentions parsed and listed": {"content": "words", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
    "101 mentions": {"content": "words", "allowed_mentions": {"users": [str(it) for it in range(101)]}},
    "six rows": first(*(row(button(custom_id=str(place))) for place in range(6))),
    "six buttons": first(row(*buttons(6))),
    "empty row": first(row()),
    "button beside select": first(row(button(), select())),
    "button at the top": first(button()),
    "custom_id twice": first(row(button(), button())),
    "custom_id empty": first(row(button(custom_id=""))),
    "custom_id too long": first(row(button(custom_id="x" * 101))),
    "id twice": second(text() | {"id": 3}, text() | {"id": 3}),
    "label too long": first(row(button(label="x" * 81))),
    "no label": first(row(button(label=None))),
    "link with custom_id": first(row(button(style=5, url="https://host.example"))),
    "link without url": first(row({"type": 2, "style": 5, "label": "There"})),
    "button with url": first(row(button(url="https://host.example"))),
    "button without custom_id": first(row({"type": 2, "style": 1, "label": "Go"})),
    "premium with label": first(row({"type": 2, "style": 6, "sku_id": "1", "label": "Buy"})),
    "unknown style": first(row(button(style=9))),
    "values twice": first(row(select(options=[{"label": "a", "value": "a"}] * 2))),
    "26 options": first(row(select(options=[{"label": str(it), "value": str(it)} for it in range(26)]))),
    "min above max": first(row(select(min_values=2, max_values=1))),
    "26 to choose": first(row({"type": 5, "custom_id": "choose", "max_values": 26})),
    "long placeholder": first(row(select(placeholder="x" * 151))),
    "long description of an option": first(
        row(select(options=[{"label": "a", "value": "a", "description": "x" * 101}]))
    ),
    "two defaults": first(row(select(options=[{"label": it, "value": it, "default": True} for it in "ab"]))),
    "more preset than can be chosen": first(row(chooser(5, ("user", "1"), ("user", "2")))),
    "a role among users": first(row(chooser(5, ("role", "1")))),
    "long address": first(row({"type": 2, "style": 5, "label": "There", "url": "https://host.example/" + "x" * 512})),
    "two selects in a row": first(row(select(), select(custom_id="again"))),
    "the loading flag": {"content": "words", "flags": 1 << 7},
    "a voice message": {"content": "words", "flags": 1 << 13},
    "more to choose than there is": first(row(select(max_values=3))),
    "text without the flag": {"components": [text()]},
    "content beside V2": second(text(), content="words"),
    "embeds beside V2": second(text(), embeds=[{"title": "x"}]),
    "a text beside rows": first(row(button()), text()),
    "41 components": second(*(container(*[text()] * 9) for _ in range(4)), text()),
    "4001 characters": second(text("x" * 4000), text("x")),
    "empty text": second(text("")),
    "container in container": second(container(container(text()))),
    "empty container": second(container()),
    "empty gallery": second(gallery()),
    "eleven pictures": second(gallery(*["https://host.example/a.png"] * 11)),
    "long alt text": second(
        {"type": 12, "items": [{"media": {"url": "https://host.example"}, "description": "x" * 1025}]}
    ),
    "four texts in a section": second({"type": 9, "components": [text()] * 4, "accessory": button()}),
    "section without a text": second({"type": 9, "components": [], "accessory": button()}),
    "section without accessory": second({"type": 9, "components": [text()]}),
    "file from elsewhere": second({"type": 13, "file": {"url": "https://host.example/a.txt"}}),
    "file that nobody uploaded": second(gallery("attachment://a.png")),
    "no address": second(gallery("a.png")),
    "colour out of range": second({"type": 17, "components": [text()], "accent_color": 1 << 24}),
    "form field in a message": second({"type": 18, "label": "x", "component": {"type": 4}}),
    "attachment that is not there": {"content": "words", "attachments": [{"id": "77"}]},
}


def option(**fields: Any) -> Payload:
    return {"type": 3, "name": "prompt", "description": "What to paint", **fields}


def command(*options: Payload, **fields: Any) -> Payload:
    return {"name": "paint", "description": "Paint a picture", "options": list(options), **fields}


def choice(name: str = "a", value: Any = "a") -> Payload:
    return {"name": name, "value": value}


EMPTY_MESSAGES: Final[dict[str, Payload]] = {
    "empty": {"content": ""},
    "blank": {"content": "  "},
    "buttons alone": {"components": [row(button())]},
    "V2 without components": {"flags": V2},
}


GOOD_COMMANDS: Final[dict[str, list[Payload]]] = {
    "plain": [command(option(required=True), option(name="size", type=4, min_value=1, max_value=9))],
    "choices": [command(option(choices=[choice(), choice("b", "b")]))],
    "menu": [{"type": 3, "name": "Reroll This"}],
    "files": [command({"type": 11, "name": "file", "description": "x", "file_types": ["image", ".PDF"]})],
    "every locale": [command(description_localizations={"ar": "x", "he": "x", "zh-TW": "x"})],
    "translated": [command(name_localizations={"de": "malen"}, nsfw=True, contexts=[0], integration_types=[0])],
}

BAD_COMMANDS: Final[dict[str, list[Payload]]] = {
    "capitals": [command(name="Paint")],
    "space": [command(name="paint it")],
    "no description": [{"name": "paint"}],
    "long description": [command(description="x" * 101)],
    "menu with description": [{"type": 3, "name": "Reroll", "description": "x"}],
    "unknown field": [command(colour=3)],
    "two of a name": [command(), command()],
    "101 commands": [command(name=f"paint{place}") for place in range(101)],
    "16 menus": [{"type": 3, "name": f"Menu {place}"} for place in range(16)],
    "26 options": [command(*(option(name=f"o{place}") for place in range(26)))],
    "options twice": [command(option(), option())],
    "required behind optional": [command(option(), option(name="size", required=True))],
    "option in capitals": [command(option(name="Prompt"))],
    "option without description": [command({"type": 3, "name": "prompt"})],
    "26 choices": [command(option(choices=[choice(str(it), str(it)) for it in range(26)]))],
    "long choice": [command(option(choices=[choice("a", "x" * 101)]))],
    "choice beyond 2^53": [command(option(type=4, choices=[choice("a", 2**53 + 2)]))],
    "eleven file types": [command({"type": 11, "name": "f", "description": "x", "file_types": [".a"] * 11})],
    "no file type": [command({"type": 11, "name": "f", "description": "x", "file_types": ["png"]})],
    "long name of a choice": [command(option(choices=[choice("x" * 101)]))],
    "choice of another type": [command(option(type=4, choices=[choice("a", "a")]))],
    "choices twice": [command(option(choices=[choice(), choice()]))],
    "choices and autocomplete": [command(option(choices=[choice()], autocomplete=True))],
    "min above max": [command(option(type=4, min_value=3, max_value=2))],
    "min_length above max_length": [command(option(min_length=3, max_length=2))],
    "max_length too large": [command(option(max_length=6001))],
    "beyond 2^53": [command(option(type=10, max_value=2**53 + 2))],
    "unknown locale": [command(name_localizations={"tlh": "x"})],
    "8001 characters": [
        command(*(option(name=f"o{n}", choices=[choice(f"{c:02}" * 50, f"{c}") for c in range(25)]) for n in range(4)))
    ],
}


def label(component: Payload, **fields: Any) -> Payload:
    return {"type": 18, "label": "Why", "component": component, **fields}


def field_of_text(**fields: Any) -> Payload:
    return {"type": 4, "custom_id": "why", "style": 1, **fields}


def modal(*parts: Payload, **fields: Any) -> Payload:
    return {"title": "Tell us", "custom_id": "form", "components": list(parts), **fields}


def group(kind: int, **fields: Any) -> Payload:
    """Of radio buttons, or of boxes to tick."""
    options = [{"label": value, "value": value} for value in "ab"]
    return {"type": kind, "custom_id": f"group:{kind}", "options": options, **fields}


GOOD_MODALS: Final[dict[str, Payload]] = {
    "label": modal(label(field_of_text(max_length=100, required=False))),
    "row": modal(row(field_of_text(label="Why"))),
    "select": modal(label(select()), text()),
    "described": modal(label(field_of_text(), description="x" * 100)),
    "people and places": modal(*(label({"type": kind, "custom_id": str(kind)}) for kind in (5, 6, 7, 8))),
    "files": modal(label({"type": 19, "custom_id": "f", "min_values": 0, "max_values": 10, "required": False})),
    "files of a kind": modal(label({"type": 19, "custom_id": "f", "file_types": ["image"]})),
    "boxes": modal(label(group(21)), label(group(22, custom_id="all")), label({"type": 23, "custom_id": "one"})),
}

BAD_MODALS: Final[dict[str, Payload]] = {
    "long title": modal(label(field_of_text()), title="x" * 46),
    "no title": modal(label(field_of_text()), title=""),
    "no fields": modal(),
    "six fields": modal(*(label(field_of_text(custom_id=str(place))) for place in range(6))),
    "button": modal(row(button())),
    "field without label": modal(field_of_text()),
    "long description": modal(label(field_of_text(), description="x" * 101)),
    "long text": modal(label(field_of_text(max_length=4001))),
    "files from none, though required": modal(label({"type": 19, "custom_id": "f", "min_values": 0})),
    "eleven files": modal(label({"type": 19, "custom_id": "f", "max_values": 11})),
    "no file type": modal(label({"type": 19, "custom_id": "f", "file_types": ["png"]})),
    "one radio button": modal(label(group(21, options=[{"label": "a", "value": "a"}]))),
    "two radio buttons chosen": modal(
        label(group(21, options=[{"label": it, "value": it, "default": True} for it in "ab"]))
    ),
    "values twice": modal(label(group(22, options=[{"label": "a", "value": "a"}] * 2))),
    "more boxes than there are": modal(label(group(22, max_values=3))),
    "eleven boxes": modal(label(group(22, options=[{"label": str(it), "value": str(it)} for it in range(11)]))),
    "box in a row": modal(row({"type": 23, "custom_id": "one"})),
    "select in a row": modal(row(select())),
    "gallery": modal(gallery("https://host.example/a.png")),
    "label in label": modal(label(field_of_text(label="again"))),
    "long label": modal(label(field_of_text(), label="x" * 46)),
    "custom_id twice": modal(label(field_of_text()), label(field_of_text())),
    "custom_id too long": modal(label(field_of_text()), custom_id="x" * 101),
    "min above max": modal(label(field_of_text(min_length=3, max_length=2))),
    "value too long": modal(label(field_of_text(value="xxx", max_length=2))),
    "disabled": modal(label(select(disabled=True))),
    "required, with none to choose": modal(label(select(required=True, min_values=0))),
}

"""What libxkbcommon makes of key events. One JSON request a line on standard input, one answer a line.

{"do": "type", "layout": "fr", "variant": "", "options": "", "capsLock": false, "group": 0,
 "events": [[[scancode, down], ...], ...]}   -> {"texts": [...], "held": [...], "capsLock": [...]}
{"do": "list", "layout": "fr", "variant": ""} -> {"characters": "..."}
"""

import ctypes
import json
import sys

xkb = ctypes.CDLL("libxkbcommon.so.0")


def function(name, result, *arguments):
    one = getattr(xkb, name)
    one.restype = result
    one.argtypes = arguments
    return one


class Names(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("rules", "model", "layout", "variant", "options")]


POINTER, TEXT, NUMBER = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32
context_new = function("xkb_context_new", POINTER, ctypes.c_int)
keymap_new = function("xkb_keymap_new_from_names", POINTER, POINTER, ctypes.POINTER(Names), ctypes.c_int)
keymap_unref = function("xkb_keymap_unref", None, POINTER)
min_keycode = function("xkb_keymap_min_keycode", NUMBER, POINTER)
max_keycode = function("xkb_keymap_max_keycode", NUMBER, POINTER)
key_get_name = function("xkb_keymap_key_get_name", TEXT, POINTER, NUMBER)
state_new = function("xkb_state_new", POINTER, POINTER)
state_unref = function("xkb_state_unref", None, POINTER)
update_key = function("xkb_state_update_key", ctypes.c_int, POINTER, NUMBER, ctypes.c_int)
get_keysym = function("xkb_state_key_get_one_sym", NUMBER, POINTER, NUMBER)
led_active = function("xkb_state_led_name_is_active", ctypes.c_int, POINTER, TEXT)
keysym_to_utf8 = function("xkb_keysym_to_utf8", ctypes.c_int, NUMBER, TEXT, ctypes.c_size_t)
keysym_name = function("xkb_keysym_get_name", ctypes.c_int, NUMBER, TEXT, ctypes.c_size_t)
table_new = function("xkb_compose_table_new_from_locale", POINTER, POINTER, TEXT, ctypes.c_int)
compose_new = function("xkb_compose_state_new", POINTER, POINTER, ctypes.c_int)
compose_unref = function("xkb_compose_state_unref", None, POINTER)
compose_feed = function("xkb_compose_state_feed", ctypes.c_int, POINTER, NUMBER)
compose_reset = function("xkb_compose_state_reset", None, POINTER)
compose_status = function("xkb_compose_state_get_status", ctypes.c_int, POINTER)
compose_utf8 = function("xkb_compose_state_get_utf8", ctypes.c_int, POINTER, TEXT, ctypes.c_size_t)
NOTHING, COMPOSING, COMPOSED, CANCELLED = 0, 1, 2, 3

context = context_new(0)
table = table_new(context, b"en_US.UTF-8", 0)
if not table:
    sys.exit("libxkbcommon finds no Compose file of en_US.UTF-8")

LEFT_SHIFT, ALT_GR, CAPS_LOCK = 50, 108, 66
# XT scancodes that Linux numbers otherwise; the rest of those we press are the same in both.
LINUX = {0x73: 89, 0x7D: 124, 0xB8: 100, 0xDB: 125, 0x9D: 97}
# The keys of the typing area by their names in xkb; no keypad and no multimedia key.
TYPING_AREA = ("AE", "AD", "AC", "AB", "TLDE", "BKSL", "LSGT", "SPCE")


def keycode(scancode):
    return LINUX.get(scancode, scancode) + 8


def keymap_of(request):
    names = Names(b"evdev", b"pc105", *(request.get(name, "").encode() for name in ("layout", "variant", "options")))
    keymap = keymap_new(context, ctypes.byref(names), 0)
    if not keymap:
        sys.exit("libxkbcommon cannot compile " + json.dumps(request))
    return keymap


def text_of(keysym):
    buffer = ctypes.create_string_buffer(64)
    keysym_to_utf8(keysym, buffer, 64)
    return buffer.value.decode()


def composed(state):
    buffer = ctypes.create_string_buffer(256)
    compose_utf8(state, buffer, 256)
    return buffer.value.decode()


class Guest:
    """A keyboard as a toolkit reads it: xkb state, then Compose."""

    def __init__(self, keymap):
        self.state = state_new(keymap)
        self.compose = compose_new(table, 0)
        self.text = ""
        self.down = set()

    def key(self, scancode, is_down):
        code = keycode(scancode)
        if is_down:
            self.feed(get_keysym(self.state, code))
            self.down.add(scancode)
        else:
            self.down.discard(scancode)
        update_key(self.state, code, 1 if is_down else 0)

    def feed(self, keysym):
        compose_feed(self.compose, keysym)
        status = compose_status(self.compose)
        if status == NOTHING:
            self.text += text_of(keysym).replace("\r", "\n")
        elif status == COMPOSED:
            self.text += composed(self.compose)
            compose_reset(self.compose)
        elif status == CANCELLED:
            self.text += "\N{REPLACEMENT CHARACTER}"
            compose_reset(self.compose)

    def close(self):
        compose_unref(self.compose)
        state_unref(self.state)


def type_events(request):
    keymap = keymap_of(request)
    texts, held, caps = [], [], []
    for events in request["events"]:
        guest = Guest(keymap)
        for scancode, is_down in request.get("before", []):
            guest.key(scancode, is_down)
        guest.text = ""
        for scancode, is_down in events:
            guest.key(scancode, is_down)
        texts.append(guest.text)
        held.append(sorted(guest.down))
        caps.append(led_active(guest.state, b"Caps Lock") == 1)
        guest.close()
    keymap_unref(keymap)
    return {"texts": texts, "held": held, "capsLock": caps}


def keysyms_given(keymap):
    """All keysyms of the typing area with none, Shift, AltGr and both held."""
    found = set()
    for held in ((), (LEFT_SHIFT,), (ALT_GR,), (ALT_GR, LEFT_SHIFT)):
        state = state_new(keymap)
        for code in held:
            update_key(state, code, 1)
        for code in range(min_keycode(keymap), max_keycode(keymap) + 1):
            name = (key_get_name(keymap, code) or b"").decode()
            if name.startswith(TYPING_AREA):
                found.add(get_keysym(state, code))
        state_unref(state)
    return found - {0}


def compositions(keysyms, longest=4):
    """The texts that sequences of these keysyms compose."""
    found = set()

    def follow(prefix):
        for keysym in keysyms:
            state = compose_new(table, 0)
            for one in prefix:
                compose_feed(state, one)
            compose_feed(state, keysym)
            status = compose_status(state)
            if status == COMPOSED:
                found.add(composed(state))
            compose_unref(state)
            if status == COMPOSING and len(prefix) + 1 < longest:
                follow((*prefix, keysym))

    follow(())
    return found


def list_characters(request):
    keymap = keymap_of(request)
    keysyms = keysyms_given(keymap)
    texts = {text_of(keysym) for keysym in keysyms} | compositions(keysyms)
    keymap_unref(keymap)
    single = {text for text in texts if len(text) == 1 and (text.isprintable() or ord(text) >= 0xA0)}
    return {"characters": "".join(sorted(single)), "longer": sorted(text for text in texts if len(text) > 1)}


for line in sys.stdin:
    request = json.loads(line)
    answer = type_events(request) if request["do"] == "type" else list_characters(request)
    print(json.dumps(answer), flush=True)

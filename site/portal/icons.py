"""The icons of the site: 24-unit grid, drawn with strokes in the colour of the words beside them.

An icon never stands alone, so each is hidden from assistive technology. Icons that point along the
line of reading mirror in right-to-left pages; a clock, a tick or a download does not.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DIRECTIONAL = {"next", "previous"}

SHAPES = {
    # status: they differ by shape, not by colour alone
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "warning": '<path d="M12 4l9 16H3zM12 10v4.5M12 17.2v.1"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9.5 9.6a2.6 2.6 0 1 1 3.6 2.4'
    'c-.8.4-1.1.9-1.1 1.8M12 16.8v.1"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "lock": '<path d="M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3"/>',
    "done": '<circle class="f" cx="12" cy="12" r="9.5"/><path class="k" d="M7.8 12.5l2.9 2.9 5.5-6"/>',
    "now": '<circle cx="12" cy="12" r="8.7"/><circle class="f" cx="12" cy="12" r="4.6"/>',
    "todo": '<circle cx="12" cy="12" r="8.7"/>',
    "part": '<circle cx="12" cy="12" r="8.7"/><path class="f" d="M12 3.3a8.7 8.7 0 0 1 0 17.4z"/>',
    # direction
    "next": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "previous": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "up": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "down": '<path d="M12 5v14M6 13l6 6 6-6"/>',
    "open": '<path d="M6 9l6 6 6-6"/>',
    "sort": '<path d="M8 10l4-4 4 4M8 14l4 4 4-4"/>',
    # things
    "language": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3.6 6 3.6 9s-.6 6-3.6 9'
    'c-3-3-3.6-6-3.6-9S9 6 12 3z"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.8-3.6 3.4-5.4 6.5-5.4s5.7 1.8 '
    '6.5 5.4M15.5 5.4a3.5 3.5 0 0 1 0 6.2M18 15.2c1.9.8 3 2.4 3.5 4.8"/>',
    "outline": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1"/>',
    "law": '<path d="M12 4v16M7.5 20h9M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z"/>',
    "certificate": '<circle cx="12" cy="9" r="5.5"/><path d="M9 14l-1.2 7 4.2-2.2 4.2 2.2L15 14"/>',
    "document": '<path d="M6.5 3h7.5l4 4v14H6.5zM14 3v4h4M9.5 12h5M9.5 15.5h5"/>',
    "play": '<circle cx="12" cy="12" r="9"/><path class="f" d="M10 8.2v7.6l6-3.8z"/>',
    "sound": '<path d="M4 9.5v5h3.5L12 18V6L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11"/>',
    "image": '<path d="M3.5 5h17v14h-17zM3.5 16l5-5 4 4 3-3 5 5"/><circle cx="15.5" cy="9" r="1.3"/>',
    "mail": '<path d="M3 6h18v12H3zM3 7l9 6.5L21 7"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4"/>',
    "place": '<path d="M12 21c4.5-5 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2 6 6.5 11z"/>'
    '<circle cx="12" cy="10" r="2.3"/>',
    # actions
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
    "download": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14"/>',
    "upload": '<path d="M12 15.5V4.5M7.5 9L12 4.5 16.5 9M5 20h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>',
    "copy": '<path d="M9 9h11v11H9zM15 9V4H4v11h5"/>',
    "edit": '<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5"/>',
    "add": '<path d="M12 5v14M5 12h14"/>',
    "flag": '<path d="M6 21V4M6 4.5h12l-2.5 4 2.5 4H6"/>',
    "settings": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/>'
    '<circle cx="9" cy="17" r="2"/>',
    "sign-out": '<path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9.5"/>',
    # the connection
    "saved": '<path d="M7 18a4 4 0 0 1-.5-8A5.5 5.5 0 0 1 17 9.3 4.4 4.4 0 0 1 17 18z'
    'M9.5 13.2l2 2 3.5-3.5"/>',
    "offline": '<path d="M7 18h10a4.3 4.3 0 0 0 1.7-8.2M16 8.2A5.5 5.5 0 0 0 8.2 8.3'
    'M6 10.1A4 4 0 0 0 7 18M4 4l16 16"/>',
}


def draw(name: str) -> SafeString:
    """Return the icon as inline SVG.

    Raises KeyError for a name that is not in the set, so that a slip shows in the first test.
    """
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        "i i--dir" if name in DIRECTIONAL else "i",
        mark_safe(SHAPES[name]),  # our own constant above, never input
    )


DRAWN = {name: draw(name) for name in SHAPES}

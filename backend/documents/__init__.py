"""The document floor: frozen facts in, bytes out. No database, no network, no clock.

- `shapes`      one struct per 文书; `rendering.render(paper)` prints it, identical bytes for identical facts
- `characters`  which characters the hall's fonts lack (the clerk is told), and how they are shown
- `qr`          `qr_svg(text, label)` for paper and pages
- `hall`        this hall's own fonts, wording and key, as the settings say
- `signing`     `sign` and `verify` (PAdES B-B) with the hall's key
- `previews`    page pictures of a PDF for the clerk's viewer
- `inspection`  what may come in: `inspect(source, destination, limits)`, in a bounded process
"""

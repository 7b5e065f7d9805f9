"""Static files: hashed names, one style sheet, modules that name each other, compressed once, kept for ever."""

import re
from pathlib import Path

import brotli
import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from backend.static import Assets, assets, handlers, minified, static


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small tree: two modules, a style sheet of two files, a picture."""
    for folder in ("css", "js/lib", "img"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "css/app.css").write_text('@import "part.css";\n/* away */ a { color : red ; }')
    (tmp_path / "css/part.css").write_text(".b > i { background: url(../img/dot.svg) 0 0 }")
    (tmp_path / "img/dot.svg").write_text("<svg/>")
    (tmp_path / "js/app.js").write_text('import { one } from "./lib/one.js";\nimport("./lib/one.js");\n')
    (tmp_path / "js/lib/one.js").write_text("export const one = 1;\n")
    return tmp_path


@pytest.fixture
def visitor() -> TestClient[Litestar]:
    """The static handler alone."""
    return TestClient(Litestar(handlers))


def test_a_changed_module_changes_the_address_of_whoever_imports_it(root: Path) -> None:
    before = Assets(root).url("js/app.js")
    (root / "js/lib/one.js").write_text("export const one = 2;\n")
    assert Assets(root).url("js/app.js") != before


def test_modules_and_styles_name_hashed_addresses(root: Path) -> None:
    built = Assets(root)
    script = built.by_name["js/app.js"].plain.decode()
    assert script.count(built.url("js/lib/one.js")) == 2
    assert f"url({built.url('img/dot.svg')})" in built.by_name["css/app.css"].plain.decode()


def test_the_style_sheet_is_one_file(root: Path) -> None:
    built = Assets(root)
    assert "css/part.css" not in built.by_name
    assert "@import" not in built.by_name["css/app.css"].plain.decode()


def test_modules_in_a_circle_are_refused_by_name(root: Path) -> None:
    (root / "js/lib/one.js").write_text('import "../app.js";')
    with pytest.raises(ValueError, match=r"js/app\.js > js/lib/one\.js > js/app\.js"):
        Assets(root)


def test_a_file_that_is_not_there_fails_loudly() -> None:
    with pytest.raises(KeyError):
        static("css/nowhere.css")


@pytest.mark.parametrize(
    ("source", "small"),
    [
        ("a  >  b { top : calc( 1px + 2px ) ; }", "a>b{top :calc( 1px + 2px )}"),
        ("a :hover,b:focus{}", "a :hover,b:focus{}"),
        ('i::before { content: "a ; b" }', 'i::before{content:"a ; b"}'),
        ("@media (min-width: 40rem) and (hover) { a { b: c; } }", "@media (min-width:40rem) and (hover){a{b:c}}"),
    ],
)
def test_minified_keeps_the_meaning(source: str, small: str) -> None:
    assert minified(source) == small


def test_an_asset_is_kept_for_ever_and_squeezed(visitor: TestClient[Litestar]) -> None:
    with visitor:
        answer = visitor.get(static("css/app.css"), headers={"accept-encoding": "gzip, br"})
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.content == assets().by_name["css/app.css"].plain


def test_an_asset_known_by_its_tag_is_not_sent_again(visitor: TestClient[Litestar]) -> None:
    with visitor:
        first = visitor.get(static("js/app.js"))
        again = visitor.get(static("js/app.js"), headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_sends_the_length_and_no_body(visitor: TestClient[Litestar]) -> None:
    with visitor:
        answer = visitor.head(static("img/app-192.png"))
    assert answer.content == b""
    assert int(answer.headers["content-length"]) == len(assets().by_name["img/app-192.png"].plain)


@pytest.mark.parametrize(
    "path", ["/static/css/app.css", "/static/%2e%2e/pyproject.toml", "/static/", "/static/css/app.0.css"]
)
def test_other_names_are_a_bare_404(visitor: TestClient[Litestar], path: str) -> None:
    with visitor:
        answer = visitor.get(path)
    assert (answer.status_code, answer.content) == (404, b"")


def test_nothing_can_be_put_there(visitor: TestClient[Litestar]) -> None:
    with visitor:
        assert visitor.post(static("css/app.css")).status_code == 405


def test_the_style_sheet_fits_a_first_visit() -> None:
    """18 kB is FRONTEND.md's share of CSS; a status page has 40 kB for everything."""
    asset = assets().by_name["css/app.css"]
    assert asset.brotli is not None
    assert len(asset.brotli) <= 15_000
    assert brotli.decompress(asset.brotli) == asset.plain


def test_every_word_of_scripts_is_in_both_languages() -> None:
    zh, en = (msgspec.json.decode(assets().by_name[f"locales/{lang}.json"].plain) for lang in ("zh", "en"))
    assert zh.keys() == en.keys()
    places = re.compile(r"\{(\w+)\}")
    assert all(sorted(places.findall(zh[key])) == sorted(places.findall(en[key])) for key in zh)
    assert not any("\u4e00" <= char <= "\u9fff" for sentence in en.values() for char in sentence)

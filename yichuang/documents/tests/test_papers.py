import io

import pytest
from django.conf import settings
from pypdf import PdfReader

from yichuang.documents import formats
from yichuang.documents.rules import KINDS
from yichuang.documents.tests.contents import CONTENTS, NUMBER, REMEDY

STAMP = {"paper_number": "昭审批〔2023〕17号", "verification_code": "7H4K-9QXM-2TVB"}
EVIL = '#set page(fill: red) *粗* _斜_ $x^2$ `code` <label> @ref #panic("x") \\ // /* "引" \' #data.salt'


@pytest.fixture(autouse=True)
def _fonts():
    if not (settings.ASSETS_DIR / "@expo-google-fonts").is_dir():
        pytest.skip("the Chinese fonts are not installed: run npm ci")


def pages(pdf):
    """The text of each page without blanks and line ends."""
    return ["".join(page.extract_text().split()).replace("\u200b", "") for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(kind, **changed):
    return "".join(pages(formats.render(kind, CONTENTS[kind] | STAMP | changed)))


def squeezed(value):
    return "".join(str(value).split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_mandatory_part_stands_on_the_paper(kind):
    text = text_of(kind)
    assert KINDS[kind].title in text
    assert "昭审批〔2023〕17号" in text
    assert "7H4K-9QXM-2TVB" in text
    for part in KINDS[kind].mandatory:
        assert squeezed(CONTENTS[kind][part]) in text, part


@pytest.mark.parametrize("kind", KINDS)
def test_every_mandatory_part_stands_there_even_when_the_caller_gives_no_words_for_it(kind):
    """Without the rows of ``_unprinted`` a refusal could be issued whose reasons nobody gets to read."""
    words = {"opening", "facts", "sections", "qr_note", "progress_address", "signatures", "materials"}
    bare = {key: value for key, value in CONTENTS[kind].items() if key not in words}
    text = "".join(pages(formats.render(kind, bare | STAMP)))
    for part in KINDS[kind].mandatory:
        assert squeezed(bare[part]) in text, part


@pytest.mark.parametrize("kind", KINDS)
def test_a_usual_paper_is_one_page(kind):
    assert len(pages(formats.render(kind, CONTENTS[kind] | STAMP))) == 1


def test_the_query_code_stands_on_the_slip_only():
    text = text_of("acceptance_notice")
    assert text.count("482913") == 1
    assert text.index("沿此线裁下") < text.index("482913")


def test_a_voucher_says_that_it_is_no_acceptance():
    assert "不是受理决定" in text_of("receipt_voucher")


def test_a_refusal_tells_how_to_complain():
    text = text_of("denial_decision")
    assert squeezed(REMEDY) in text
    assert "六十日" in text
    assert "六个月" in text


def test_sixty_materials_break_over_pages_under_a_repeated_header():
    materials = [
        {"order": n, "name": f"第{n}项材料" + "的名称" * (n % 7), "originals": 1, "copies": 2, "checked": "已核原件"}
        for n in range(1, 61)
    ]
    found = pages(formats.render("acceptance_notice", CONTENTS["acceptance_notice"] | STAMP | {"materials": materials}))
    assert len(found) >= 2
    assert all(f"第{n}项材料" in "".join(found) for n in range(1, 61))
    with_rows = [page for page in found if "已核原件" in page]
    assert len(with_rows) >= 2
    assert all("序号材料名称原件复印件核对" in page for page in with_rows)
    assert all(f"第{n}页，共{len(found)}页" in page for n, page in enumerate(found, 1))
    # The seal never stands on a page without text of the paper.
    assert "应办结日期的计算" in found[-1]
    assert "加盖受理专用章后生效" in found[-1]


def test_markup_in_a_name_prints_as_it_was_typed():
    content = CONTENTS["denial_decision"] | {"applicant": EVIL, "reasons": EVIL, "sections": [["理由", EVIL]]}
    text = "".join(pages(formats.render("denial_decision", content | STAMP | {"salt": "saltsaltsalt"})))
    assert text.count(squeezed(EVIL)) >= 2
    assert "saltsaltsalt" not in text


def test_very_long_words_stay_on_the_page():
    content = CONTENTS["grant_decision"] | STAMP | {"facts": [["材料", "W" * 300]], "applicant": "长" * 120}
    reader = PdfReader(io.BytesIO(formats.render("grant_decision", content)))
    right = float(reader.pages[0].mediabox.width)
    places = []
    reader.pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: places.append((tm[4] + cm[4], len(text.strip())))
    )
    assert max(x for x, length in places if length) < right - 24 * 72 / 25.4
    text = "".join(pages(formats.render("grant_decision", content)))
    assert "W" * 300 in text
    assert "长" * 120 in text


def test_a_character_no_font_has_still_gives_a_paper_that_says_so():
    text = text_of("grant_decision", applicant="王𠮷")
    assert "生僻字不在字库中" in text
    assert "生僻字" not in text_of("grant_decision", applicant="龚龘䶮㛃")


def test_the_same_content_gives_the_same_bytes():
    made = [formats.render("grant_decision", CONTENTS["grant_decision"] | STAMP, timestamp=1_681_784_640) for _ in "12"]
    assert made[0] == made[1]
    assert PdfReader(io.BytesIO(made[0])).metadata.creation_date.year == 2023


def test_the_paper_is_fit_for_the_archive():
    """PDF/A-2a: fonts inside, tagged, with a title."""
    reader = PdfReader(io.BytesIO(formats.render("grant_decision", CONTENTS["grant_decision"] | STAMP)))
    assert reader.metadata.title == "准予决定书 昭审批〔2023〕17号"
    assert b"<pdfaid:part>2<" in reader.xmp_metadata.stream.get_data()


def test_without_fonts_a_sentence_says_how_to_get_them(settings, tmp_path):
    settings.ASSETS_DIR = tmp_path
    with pytest.raises(formats.NoFontsError, match="npm ci"):
        formats.font_folders()


def test_the_qr_code_is_a_picture_of_the_address(monkeypatch):
    seen = []
    monkeypatch.setattr(formats, "qr_svg", lambda text: seen.append(text) or "")
    formats.laid_out("acceptance_notice", CONTENTS["acceptance_notice"] | STAMP)
    assert seen == [f"https://yc.example/progress?number={NUMBER}"]


def test_pictures_show_ink_on_every_page():
    for page in formats.pictures("acceptance_notice", CONTENTS["acceptance_notice"] | STAMP, ppi=40):
        assert page.startswith(b"\x89PNG")
        assert len(page) > 5_000

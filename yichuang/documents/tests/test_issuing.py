import logging

import pytest
from django.db import IntegrityError, connection, transaction

from yichuang.documents import formats, queries
from yichuang.documents.actions import rendering
from yichuang.documents.actions.issuing import issue
from yichuang.documents.jobs import render_pending
from yichuang.documents.models import Counter, Paper
from yichuang.documents.rules import KINDS
from yichuang.documents.tests.contents import CLERK, CONTENTS, NUMBER
from yichuang.files.models import Blob
from yichuang.files.queries import path_of
from yichuang.kit.secret import CannotOpenError
from yichuang.lib.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def issued(kind, subject="case:1", **changed):
    return issue(kind, subject, CONTENTS[kind] | changed, by=CLERK)


@pytest.mark.parametrize("kind", KINDS)
def test_an_issued_paper_keeps_what_it_was_given(kind):
    paper = Paper.objects.get(pk=issued(kind).pk)
    assert paper.content.items() >= CONTENTS[kind].items()
    assert paper.content["paper_number"] == paper.number
    assert paper.content["verification_code"].replace("-", "") == paper.verification_code
    assert (paper.issued_by, paper.title) == ("staff:7", KINDS[kind].title)
    assert queries.is_intact(paper)


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_without_a_mandatory_part_is_not_issued(kind):
    for part, label in KINDS[kind].mandatory.items():
        with pytest.raises(Invalid, match=label):
            issued(kind, **{part: ""})
    assert not Paper.objects.exists()
    assert not Counter.objects.exists()


def test_numbers_of_papers():
    year = issued("acceptance_notice").issued_at.year
    assert issued("delivery_receipt").number == f"{NUMBER}-送"
    assert issued("delivery_receipt").number == f"{NUMBER}-送2"
    assert issued("grant_decision").number == f"准予决定书〔{year}〕1号"
    assert issued("denial_decision", number_prefix="昭审批不予").number == f"昭审批不予〔{year}〕1号"
    assert queries.papers_of("case:1")[0].number == f"{NUMBER}-受"


def test_a_case_is_accepted_on_paper_once():
    issued("acceptance_notice")
    with pytest.raises(IntegrityError), transaction.atomic():
        issued("acceptance_notice")


def test_an_act_that_fails_leaves_neither_paper_nor_number():
    def act():
        issued("grant_decision")
        issued("denial_decision", reasons="")

    with pytest.raises(Invalid), transaction.atomic():
        act()
    assert not Paper.objects.exists()
    assert issued("grant_decision").number.endswith("〕1号")


def test_verification_codes_differ_and_have_no_confusable_letters():
    codes = {issued("grant_decision", subject=f"case:{n}").verification_code for n in range(20)}
    assert len(codes) == 20
    assert not set("".join(codes)) & set("01IO")


def test_names_and_codes_are_not_readable_in_the_table():
    paper = issued("acceptance_notice")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM documents_paper")
        raw = str(cursor.fetchall()).replace(NUMBER, "")
    assert paper.verification_code in raw  # The dump does see what is there.
    for secret in ("老街面包坊", "食品经营", "482913", "915***"):
        assert secret not in raw


def test_the_fingerprint_does_not_answer_guesses():
    """Equal contents have different fingerprints: a six-digit query code cannot be tried out against it."""
    first, second = issued("grant_decision", subject="case:1"), issued("grant_decision", subject="case:2")
    assert first.content_sm3 != second.content_sm3


def test_content_moved_to_another_paper_does_not_open():
    first, second = issued("grant_decision", subject="case:1"), issued("denial_decision", subject="case:2")
    Paper.objects.filter(pk=first.pk).update(content_sealed=second.content_sealed)
    with pytest.raises(CannotOpenError):
        _ = Paper.objects.get(pk=first.pk).content


def test_a_pdf_is_made_once_and_then_read(monkeypatch):
    paper = issued("grant_decision")
    made = rendering.pdf_of(paper)
    monkeypatch.setattr(rendering, "render", lambda *_, **__: pytest.fail("rendered twice"))
    assert rendering.pdf_of(Paper.objects.get(pk=paper.pk)) == made
    assert made.startswith(b"%PDF-")
    assert Blob.objects.get().media_type == "application/pdf"


def test_a_rendering_that_is_gone_or_altered_is_made_again(caplog):
    paper = issued("grant_decision")
    made = rendering.pdf_of(paper)
    file = path_of(paper.rendering_id)
    file.unlink()
    assert rendering.pdf_of(Paper.objects.get(pk=paper.pk)) == made
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with caplog.at_level(logging.WARNING):
        assert rendering.pdf_of(Paper.objects.get(pk=paper.pk)) == made
    assert "gone or altered" in caplog.text


def test_the_worker_renders_ahead():
    papers = [issued("grant_decision", subject=f"case:{n}") for n in range(3)]
    assert [render_pending(2), render_pending(2), render_pending(2)] == [2, 1, 0]
    assert all(Paper.objects.get(pk=p.pk).rendering_id for p in papers)


def test_a_paper_that_cannot_be_rendered_does_not_hold_up_the_others(monkeypatch, caplog):
    broken = issued("denial_decision", subject="case:1")
    for n in range(3):
        issued("grant_decision", subject=f"case:2{n}")

    def render(kind, content, **options):
        if kind == "denial_decision":
            raise RuntimeError("no such thing")
        return formats.render(kind, content, **options)

    monkeypatch.setattr(rendering, "render", render)
    done = [render_pending(2) for _ in range(9)]
    assert sum(done) == 3
    broken.refresh_from_db()
    assert (broken.rendering_id, broken.rendering_failures) == (None, queries.GIVE_UP_AFTER)
    monkeypatch.undo()
    assert rendering.pdf_of(broken).startswith(b"%PDF-")  # Whoever asks for it still tries.
    assert "老街" not in caplog.text

import io
import os
import zipfile

import pytest
from django.db import transaction

from tests.support.processes import run_in_processes
from yichuang.files.actions import storing
from yichuang.files.actions.storing import store
from yichuang.files.actions.sweeping import sweep
from yichuang.files.jobs import sweep_files
from yichuang.files.models import Blob
from yichuang.files.queries import blobs_folder, path_of, read
from yichuang.kit.keyring import Keyring
from yichuang.kit.secret import CannotOpenError
from yichuang.lib.actor import WORKER
from yichuang.lib.errors import Invalid
from yichuang.lib.sm3 import sm3

PDF = b"%PDF-1.7\n" + "居民身份证复印件".encode()


def package(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member in members:
            # A fixed date: the bytes become the name of a test, which must be the same in every process.
            archive.writestr(zipfile.ZipInfo(member), "x")
    return out.getvalue()


@pytest.fixture(autouse=True)
def _folder(request, settings, tmp_path):
    if not request.node.get_closest_marker("processes"):
        settings.DATA_DIR = tmp_path


@pytest.mark.django_db
def test_bytes_come_back_and_lie_encrypted():
    blob = store(PDF, by=WORKER)
    assert (blob.digest, blob.size, blob.media_type) == (sm3(PDF).hex(), len(PDF), "application/pdf")
    assert read(Blob.objects.get()) == PDF
    lying = path_of(blob.digest).read_bytes()
    assert b"%PDF" not in lying
    assert "居民身份证".encode() not in lying
    assert path_of(blob.digest).stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_equal_bytes_are_one_blob():
    assert store(PDF, by=WORKER) == store(PDF, by=WORKER)
    assert Blob.objects.count() == 1
    assert len(list(blobs_folder().rglob("*"))) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"II*\x00....", "image/tiff"),
        (b"BM\x00\x00\x00\x00\x00\x00\x00\x00....", "image/bmp"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (package("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (package("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (package("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        ("编码,名称\n1,身份证".encode("gb18030"), "text/plain"),
        (b"BMW,2023\n", "text/plain"),
    ],
)
def test_the_kind_is_told_by_the_content(content, found):
    assert store(content, by=WORKER, kind="application/x-msdownload").media_type == found


@pytest.mark.django_db
def test_text_formats_are_named_by_whoever_knows_them():
    assert store("编码,名称\n".encode(), by=WORKER, kind="text/csv").media_type == "text/csv"
    assert store(PDF, by=WORKER, kind="text/csv").media_type == "application/pdf"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空的"),
        (b"MZ\x90\x00\x03", "可执行"),
        (b"\x7fELF\x02", "可执行"),
        (b"#!/bin/sh\nrm -rf /", "可执行"),
        (b"\xef\xbb\xbf#!/bin/sh", "可执行"),
        (b"\xca\xfe\xba\xbe\x00", "可执行"),
        (b"L\x00\x00\x00\x01\x14\x02\x00", "可执行"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "旧版 Office"),
        (package("setup.exe"), "压缩包"),
        (package("word/document.xml", "word/vbaProject.bin"), "宏"),
        (package("a")[:-8], "损坏"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
        (b"\x1f\x8b\x08\x00", "压缩包"),
        (b"  <!DOCTYPE html><script>alert(1)</script>", "网页"),
        ("\ufeff<svg onload=alert(1)>".encode(), "网页"),
        (b"\x00\x01\x02\x03", "认不出"),
        (b"\xff\xfe\x00\x81", "认不出"),
    ],
)
def test_what_a_hall_has_no_reason_to_keep_is_refused(content, word):
    with pytest.raises(Invalid) as caught:
        store(content, by=WORKER, kind="application/pdf")
    assert word in caught.value.fields["file"]
    assert not Blob.objects.exists()
    assert not blobs_folder().exists()


@pytest.mark.django_db
def test_the_largest_file(settings):
    settings.LARGEST_FILE = 1024 * 1024
    store(b"%PDF-".ljust(1024 * 1024, b" "), by=WORKER)
    with pytest.raises(Invalid, match="最大 1 MB"):
        store(b"%PDF-".ljust(1024 * 1024 + 1, b" "), by=WORKER)


@pytest.mark.django_db
def test_an_altered_cut_exchanged_or_missing_file_is_noticed():
    blob, other = store(PDF, by=WORKER), store(PDF + b"2", by=WORKER)
    path = path_of(blob.digest)
    whole = path.read_bytes()
    for wrong in (
        whole[:-1],
        whole[:30] + bytes([whole[30] ^ 1]) + whole[31:],
        b"",
        path_of(other.digest).read_bytes(),
    ):
        path.write_bytes(wrong)
        with pytest.raises(CannotOpenError):
            read(blob)
    path.unlink()
    with pytest.raises(CannotOpenError):
        read(blob)
    assert read(store(PDF, by=WORKER)) == PDF


@pytest.mark.django_db
def test_the_file_names_its_key(settings, tmp_path):
    """Two processes that store the same bytes under different keys leave one file that opens, whoever was last."""
    ring = tmp_path / "keys.json"
    rows = [{"id": n, "data": f"{n:032x}", "index": f"{n:064x}"} for n in (1, 2)]
    import json

    def use(keys):
        ring.write_text(json.dumps({"web_secret": "x", "keys": keys}))
        settings.KEYRING = Keyring(ring)

    use(rows)
    blob = store(PDF, by=WORKER)
    use(rows[:1])
    with pytest.raises(CannotOpenError):
        read(blob)
    path_of(blob.digest).unlink()
    store(PDF, by=WORKER)
    use(rows)
    assert read(blob) == PDF


@pytest.mark.django_db(transaction=True)
def test_storing_does_not_happen_inside_an_act():
    with transaction.atomic(), pytest.raises(RuntimeError):
        store(PDF, by=WORKER)


@pytest.mark.django_db
def test_a_full_disk_leaves_nothing_behind(monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store(PDF, by=WORKER)
    assert not Blob.objects.exists()
    assert [p for p in blobs_folder().rglob("*") if p.is_file()] == []


@pytest.mark.django_db
def test_sweeping_takes_what_was_left_half_written_and_nothing_else():
    kept = path_of(store(PDF, by=WORKER).digest)
    shelf = kept.parent
    names = {"half": shelf / f".{kept.name}.aa", "fresh half": shelf / f".{kept.name}.bb"}
    names |= {"orphan": shelf / ("0" * 64), "fresh orphan": shelf / ("1" * 64)}
    for file in names.values():
        file.write_bytes(b"x")
    now = kept.stat().st_mtime
    for name, hours in {"half": 2, "fresh half": 0.5, "orphan": 25, "fresh orphan": 23}.items():
        os.utime(names[name], (now - hours * 3600,) * 2)
    os.utime(kept, (now - 10**6,) * 2)
    assert sweep(by=WORKER, now=now) == 2
    assert {name for name, file in names.items() if file.exists()} == {"fresh half", "fresh orphan"}
    assert kept.exists()
    assert sweep_files() == 0


def store_pdf(number):
    return read(store(PDF * (1 + number % 2), by=WORKER)).decode()[:5]


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_eight_processes_store_the_same_bytes():
    """Two blobs. With the plain INSERT instead of ``ignore_conflicts``, processes died of the duplicate key on both databases."""
    assert run_in_processes("yichuang.files.tests.test_storing:store_pdf", [[n] for n in range(8)]) == ["%PDF-"] * 8
    assert Blob.objects.count() == 2
    assert read(Blob.objects.get(size=len(PDF))) == PDF

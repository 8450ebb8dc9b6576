"""What every journey relies on: the browser draws Chinese, and a bad page is noticed."""

import pytest

from yichuang.project import tls

pytestmark = pytest.mark.looks

WORDS = "政务服务综合窗口"


def test_a_chinese_word_has_width_and_its_characters_differ(new_tab):
    """Without FONTCONFIG_FILE on a machine without fonts all characters were the same empty box."""
    tab = new_tab("about:blank")
    tab.page.set_content(f'<p><span id="word">{WORDS}</span></p>')
    tab.page.add_style_tag(content="#word { font: 20px sans-serif }")
    assert tab.page.evaluate("document.getElementById('word').getBoundingClientRect().width") == pytest.approx(
        160, abs=2
    )
    drawn = tab.page.evaluate(
        """(words) => [...words].map((character) => {
            const canvas = document.createElement('canvas'); canvas.width = canvas.height = 40;
            const pen = canvas.getContext('2d'); pen.font = '32px sans-serif'; pen.fillText(character, 2, 34);
            return canvas.toDataURL();
        })""",
        WORDS,
    )
    assert len(set(drawn)) == len(set(WORDS))


def test_a_script_error_is_noticed(new_tab):
    tab = new_tab("about:blank")
    tab.page.set_content("<script>console.error('broken')</script>")
    assert tab.errors == ["console: broken"]
    tab.errors.clear()


def test_axe_sees_a_field_without_label(new_tab):
    tab = new_tab("about:blank")
    tab.page.set_content('<html lang="zh-CN"><title>x</title><main><h1>x</h1><input type="text"></main></html>')
    assert any("label" in finding for finding in tab.axe())


@pytest.fixture(scope="module")
def server_with_certificates(new_server):
    """On plain HTTP: what the page shows is the same."""
    server = new_server()
    tls.ensure(server.data_dir / "tls", ["localhost"])
    return server


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_guide_for_the_certificate_is_a_good_page(server_with_certificates, new_tab, size):
    tab = new_tab(server_with_certificates, size)
    assert tab.go("/tls/guide") == 200
    assert "受信任的根证书颁发机构" in tab.text()
    assert tab.overflow() == 0
    assert tab.axe() == []
    tab.picture("tls-guide")

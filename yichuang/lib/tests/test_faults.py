from yichuang.lib.clean import clean_text
from yichuang.lib.faults import fault


def test_a_fault_names_the_kind_and_our_line_but_never_the_words():
    try:
        clean_text("王芳 13800138000", limit=3)
    except ValueError as error:
        said = fault(error)
    assert said.startswith("ValueError yichuang/lib/clean.py:")
    assert "王芳" not in said
    assert "138" not in said.replace(".py:138", "")


def test_a_fault_outside_our_code_has_only_its_kind():
    try:
        int("x")
    except ValueError as error:
        assert fault(error.with_traceback(None)) == "ValueError"

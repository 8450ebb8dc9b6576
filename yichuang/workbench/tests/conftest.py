from yichuang.cases.tests.conftest import accepted, application, item

__all__ = ["accepted", "application", "item"]

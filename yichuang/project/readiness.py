"""Is the database one we can work on? Asked before migrating and before serving, answered with a Chinese sentence."""

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

_CODE_POINT_ORDER = {"C", "POSIX", "C.UTF-8", "C.utf8", "C.UTF8"}


def unsuitable() -> str:
    """The empty string, or what is wrong with the database itself."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return f"连接不上数据库，请检查 YICHUANG_DATABASE_URL：{error}".strip()
    return _unsuitable_postgres() if connection.vendor == "postgresql" else ""


def _unsuitable_postgres() -> str:
    """Sorting and case must be the same on every server, so the locale is the code-point one and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider"
            " FROM pg_database WHERE datname = current_database()",
        )
        encoding, collate, ctype, provider = cursor.fetchone()
    return postgres_sentence(encoding, collate, ctype, provider)


def postgres_sentence(encoding: str, collate: str, ctype: str, provider: str) -> str:
    recipe = "请这样建库：CREATE DATABASE yichuang TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';"
    if encoding != "UTF8":
        return f"PostgreSQL 数据库的编码是 {encoding}，应为 UTF8。{recipe}"
    if provider == "i":
        return f"PostgreSQL 数据库使用 ICU 排序规则，应为 C.UTF-8。{recipe}"
    if provider == "c" and not ({collate, ctype} <= _CODE_POINT_ORDER):
        return f"PostgreSQL 数据库的区域设置是 {collate} / {ctype}，应为 C.UTF-8。{recipe}"
    return ""


def unmigrated() -> str:
    """The empty string, or the sentence for a database whose tables are not those of this version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "数据库还没有建立或需要升级，请先运行：yichuang migrate"
    return ""

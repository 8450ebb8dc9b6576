"""Commands that concern the whole platform."""

import argparse
import json
import sys
from typing import Any


def add(subparsers: Any) -> None:
    migrate = subparsers.add_parser("migrate", help="建立或升级数据库")
    migrate.add_argument("--quiet", action="store_true", help="不逐条显示迁移")
    migrate.set_defaults(run=_migrate)
    serve = subparsers.add_parser("serve", help="启动网页服务和后台进程")
    serve.add_argument("--host", default="", help="监听地址，默认 127.0.0.1（环境变量 YICHUANG_HOST）")
    serve.add_argument("--port", type=int, default=0, help="端口，默认 8000（环境变量 YICHUANG_PORT）")
    serve.add_argument("--tls", action="store_true", help="生成本地根证书并以 HTTPS 提供服务")
    serve.add_argument("--no-worker", action="store_true", help="不启动后台进程（由别处单独运行 yichuang work）")
    serve.set_defaults(run=_serve)
    work = subparsers.add_parser("work", help="运行后台进程：编号、封存、到时提醒、投递、渲染")
    work.add_argument("--once", action="store_true", help="把现有的事情做完就结束")
    work.add_argument("--parent-pipe", action="store_true", help="标准输入关闭时结束（由 yichuang serve 使用）")
    work.set_defaults(run=_work)
    demo = subparsers.add_parser("demo", help="建立演示数据（数据库为空时）并启动")
    demo.add_argument("--load-only", action="store_true", help="只建立演示数据，不启动服务")
    demo.add_argument("--host", default="", help="监听地址")
    demo.add_argument("--port", type=int, default=0, help="监听端口")
    demo.set_defaults(run=_demo)
    plan = subparsers.add_parser("plan", help="改革方案逐条：由哪些测试证明")
    plan.add_argument("--json", action="store_true", help="以 JSON 输出")
    plan.set_defaults(run=_plan)
    permissions = subparsers.add_parser("permissions", help="权限表：谁可以进入哪个页面和接口")
    permissions.set_defaults(run=_permissions)


def _migrate(options: argparse.Namespace) -> int:
    from django.core.management import call_command

    from yichuang.calendars.actions import publication
    from yichuang.lib.actor import WORKER
    from yichuang.project import readiness

    sentence = readiness.unsuitable()
    if sentence:
        print(sentence, file=sys.stderr)
        return 1
    call_command("migrate", interactive=False, verbosity=0 if options.quiet else 1)
    # The published working days come with the programme; years that a hall changed itself stay as they are.
    publication.load_builtin(by=WORKER)
    if not options.quiet:
        _say_setup_code()
    return 0


def _say_setup_code() -> None:
    """Whoever can read the console of the server may appoint the first three administrators, and nobody else."""
    from yichuang.accounts.actions import installation

    code = installation.issue_setup_code()
    if code:
        print(f"本平台还没有启用。请打开网页 /setup，用这个初始化码任命三员：{code}", flush=True)


def _serve(options: argparse.Namespace) -> int:
    from django.db import connection

    from yichuang.project import readiness, server

    sentence = readiness.unsuitable() or readiness.unmigrated()
    if sentence:
        print(sentence, file=sys.stderr)
        return 1
    _say_setup_code()
    # The supervisor lives as long as the server and needs no database.
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
    return server.serve(options.host, options.port, with_tls=options.tls, with_worker=not options.no_worker)


def _work(options: argparse.Namespace) -> int:
    from yichuang.project import readiness, worker

    sentence = readiness.unsuitable() or readiness.unmigrated()
    if sentence:
        print(sentence, file=sys.stderr)
        return 1
    return worker.work(once=options.once, parent_pipe=options.parent_pipe)


def _demo(options: argparse.Namespace) -> int:
    from yichuang.demo import loading

    if code := _migrate(argparse.Namespace(quiet=True)):
        return code
    if not loading.prepare(say=lambda sentence: print(sentence, flush=True)):
        print(
            "这个数据库已有正式数据，不能载入演示数据。请换一个 YICHUANG_DATA_DIR 或 YICHUANG_DATABASE_URL。",
            file=sys.stderr,
        )
        return 1
    return 0 if options.load_only else _serve(argparse.Namespace(**vars(options), tls=False, no_worker=False))


def _plan(options: argparse.Namespace) -> int:
    from yichuang.project import plan

    rows = plan.rows()
    print(json.dumps(plan.as_json(rows), ensure_ascii=False, indent=1) if options.json else plan.as_text(rows))
    return 0


def _permissions(options: argparse.Namespace) -> int:
    from yichuang.project import permissions

    sys.stdout.write(permissions.document())
    return 0

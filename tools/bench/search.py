"""Searches a second, and how long the slowest of a hundred takes, at the size of a district and of a province.

The names are made by recombining the words of which real item names consist; a fixed seed makes every run the same.
Run inside a Django process whose database is empty and may be written to.
"""

import random
import statistics
import time

from django.db import transaction

from yichuang.search import queries
from yichuang.search.actions import indexing

KIND = "bench"
SIZES = (1_135, 50_000)
SEARCHES = 300
PLACES = ("", "农村", "城镇", "企业", "个人", "社区", "园区", "校园", "临时", "跨省", "网上", "流动")
TRADES = (
    "食品", "药品", "烟草", "旅馆", "道路货运", "客运班线", "建筑工程", "燃气", "供水", "医疗机构",
    "幼儿园", "养老机构", "林木", "取水", "渔业", "种子", "农药", "兽药", "动物防疫", "公共场所卫生",
    "危险化学品", "烟花爆竹", "演出", "网吧", "出版物", "劳务派遣", "人力资源", "住房", "不动产", "残疾人",
    "社会保险", "医疗保险", "失业", "工伤", "生育", "户口", "居住证", "护照", "婚姻", "收养",
    "殡葬", "法律援助", "公证", "发票", "纳税", "矿产", "测绘", "气象", "消防", "档案",
)  # fmt: skip
THINGS = (
    "经营", "生产", "销售", "运输", "仓储", "设立", "执业", "服务", "使用", "安装",
    "检测", "培训", "补贴", "津贴", "救助", "信息", "资格", "质量", "安全", "设施",
)  # fmt: skip
PAPERS = ("许可证", "备案", "登记", "审批", "认定", "核准", "证明", "申领", "报销", "查询")
ACTS = ("新办", "变更", "延续", "补办", "注销")
DEPARTMENTS = (
    "审批局",
    "公安局",
    "民政局",
    "人社局",
    "医保局",
    "住建局",
    "交通运输局",
    "农业农村局",
    "市监局",
    "税务局",
)
QUERIES = (
    "办饭店",
    "医保",
    "yibao",
    "spjyxk",
    "公安 户口",
    "我要办理居住证新办",
    "退休",
    "食品经菅许可",
    "许可证",
    "shipinjingying",
)


def names(count: int) -> list[str]:
    """``count`` different names, as evenly spread over the words as chance makes them."""
    all_names = [
        place + trade + thing + paper + f"（{act}）"
        for place in PLACES
        for trade in TRADES
        for thing in THINGS
        for paper in PAPERS
        for act in ACTS
    ]
    return random.Random(20230418).sample(all_names, count)  # noqa: S311 - a reproducible choice, not a secret


def fill(count: int) -> list[str]:
    chosen = names(count)
    with transaction.atomic():
        indexing.put(
            [indexing.Entry(KIND, f"{n:06d}", name, DEPARTMENTS[n % len(DEPARTMENTS)]) for n, name in enumerate(chosen)]
        )
    return chosen


def words_to_search(chosen: list[str]) -> list[str]:
    """A third whole names, a third parts of names, a third what people type."""
    chance = random.Random(7)  # noqa: S311
    some = [chance.choice(chosen) for _ in range(SEARCHES)]
    return [(name, name[1:6], QUERIES[n % len(QUERIES)])[n % 3] for n, name in enumerate(some)]


def measure(count: int) -> dict[str, object]:
    words = words_to_search(fill(count))
    queries.find(KIND, "xuke")  # The first pinyin search of a process builds the table of syllables.
    took = []
    for query in words:
        start = time.perf_counter()
        queries.find(KIND, query)
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    return {
        "name": f"search_{count}",
        "value": round(1000 * len(took) / sum(took), 1),
        "unit": "searches/s",
        "p50_ms": round(statistics.median(took), 2),
        "p99_ms": round(took[int(len(took) * 0.99) - 1], 2),
        "ratio": None,
    }


def run() -> list[dict[str, object]]:
    return [measure(size) for size in SIZES]

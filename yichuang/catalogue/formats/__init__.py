"""Reading foreign catalogues: pure parsing into one intermediate form, with every doubt as a Chinese sentence."""

from collections.abc import Mapping

FORMATS: Mapping[str, str] = {
    "csv_sichuan": "四川目录 CSV",
    "exchange_json": "国家交换 JSON",
    "own_json": "本平台 JSON",
}

"""What a guide consists of: the columns that a new version takes over, with the words people know them by."""

from collections.abc import Mapping

CONTENT: Mapping[str, str] = {
    "name": "事项名称",
    "regime": "事项类型",
    "case_kind": "办件类型",
    "statutory_limit": "法定时限",
    "statutory_unit": "法定时限单位",
    "statutory_note": "法定时限说明",
    "promised_limit": "承诺时限",
    "promised_unit": "承诺时限单位",
    "promised_note": "承诺时限说明",
    "service_objects": "服务对象",
    "channels": "办理形式",
    "visits": "到现场次数",
    "has_fee": "是否收费",
    "result_name": "结果名称",
    "result_type": "结果类型",
    "four_ways": "四办",
    "phone": "咨询电话",
    "complaint_phone": "投诉电话",
    "conditions": "受理条件",
    "legal_basis": "设定依据",
    "places_text": "办理地点和时间",
    "questions": "常见问题",
    "special_procedures": "特别程序",
}

MATERIAL_CONTENT: Mapping[str, str] = {
    "order": "序号",
    "code": "材料编码",
    "name": "材料名称",
    "necessity": "必要性",
    "form": "形式",
    "originals": "原件份数",
    "copies": "复印件份数",
    "source": "来源渠道",
    "source_note": "来源说明",
    "acceptance_standard": "受理标准",
    "legal_basis": "材料依据",
    "note": "填报须知",
    "is_shared": "共享获取",
}

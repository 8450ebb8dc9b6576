"""Contents of papers as cases make them: one of each kind, complete."""

from yichuang.lib.actor import Actor, ActorKind

CLERK = Actor(ActorKind.STAFF, "7", name="周敏")
NUMBER = "51081120230418-0001-4"
ITEM = "食品经营许可（含仅销售预包装食品备案）"
HEAD = {
    "number": NUMBER,
    "item": ITEM,
    "applicant": "昭化区老街面包坊有限公司",
    "department": "广元市昭化区行政审批局",
    "issuer": "广元市昭化区行政审批局",
    "day": "2023年4月18日",
}
MATERIALS = [
    {"order": 1, "name": "食品经营许可申请书", "originals": 1, "copies": 0, "checked": "—"},
    {"order": 2, "name": "营业执照或者其他主体资格证明文件复印件", "originals": 0, "copies": 1, "checked": "已核原件"},
    {
        "order": 3,
        "name": "与食品经营相适应的主要设备设施布局、操作流程等文件",
        "originals": 1,
        "copies": 0,
        "checked": "—",
    },
]
REMEDY = (
    "如不服本决定，可以自收到本决定书之日起六十日内向广元市昭化区人民政府申请行政复议，"
    "也可以自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。"
)
CONTENTS: dict[str, dict[str, object]] = {
    "receipt_voucher": HEAD
    | {
        "query_code": "482913",
        "hall": "昭化区政务服务中心",
        "received_by": "周敏（3号窗口）",
        "next_step": "材料将在五日内审查，是否受理另行通知；补齐健康证明后请到3号窗口。",
        "phone": "0839-5551234",
        "day": "2023年4月18日 10:24",
        "materials": MATERIALS,
        "progress_address": f"https://yc.example/progress?number={NUMBER}",
        "qr_note": "扫码后输入查询码，即可查看进度。",
        "signatures": ["交件人签名", "收件人签名"],
    },
    "acceptance_notice": HEAD
    | {
        "due_on": "2023年5月18日",
        "ground": "《中华人民共和国行政许可法》第三十二条",
        "query_code": "482913",
        "hall": "昭化区政务服务中心",
        "opening": f"你（单位）提出的“{ITEM}”申请，经形式审查，材料齐全、符合法定形式。依照《中华人民共和国行政许可法》第三十二条的规定，决定予以受理。",
        "facts": [
            ["办件编号", NUMBER],
            ["查询码", "482913"],
            ["事项名称", ITEM],
            ["申请人", "昭化区老街面包坊有限公司（统一社会信用代码 915*************78）"],
            ["受理日期", "2023年4月18日"],
            ["应办结日期", "2023年5月18日"],
            ["受理地点", "昭化区政务服务中心 3号窗口"],
            ["咨询电话", "0839-5551234"],
        ],
        "materials": MATERIALS,
        "sections": [
            [
                "应办结日期的计算",
                "法定办结时限 20 个工作日。\n自受理次日起算：第 1 个工作日为 2023年4月19日。\n4月29日至5月3日放假，4月23日、5月6日上班。",
            ],
        ],
        "progress_address": f"https://yc.example/progress?number={NUMBER}",
        "qr_note": "扫码，或打开办事门户“查进度”，输入办件编号和查询码，即可查询办理进度。",
        "seal_note": "加盖受理专用章后生效",
        "signatures": ["申请人签收", "经办人"],
    },
    "grant_decision": HEAD
    | {
        "ground": "《中华人民共和国行政许可法》第三十八条第一款",
        "opening": f"你（单位）提出的“{ITEM}”申请，经审查符合条件。依照《中华人民共和国行政许可法》第三十八条第一款的规定，决定准予。",
        "facts": [
            ["办件编号", NUMBER],
            ["事项名称", ITEM],
            ["申请人", "昭化区老街面包坊有限公司"],
            ["受理日期", "2023年4月18日"],
            ["发放结果", "食品经营许可证"],
        ],
        "sections": [["领取", "请持有效身份证件到昭化区政务服务中心出件窗口领取结果。"]],
    },
    "denial_decision": HEAD
    | {
        "reasons": "经现场核查，加工场所与有毒、有害场所未保持规定距离，布局不符合要求。",
        "basis": "《中华人民共和国食品安全法》第三十三条第一款第一项",
        "remedy": REMEDY,
        "opening": f"你（单位）提出的“{ITEM}”申请，经审查，决定不予行政许可。",
        "facts": [["办件编号", NUMBER], ["事项名称", ITEM], ["申请人", "昭化区老街面包坊有限公司"]],
        "sections": [
            ["理由", "经现场核查，加工场所与有毒、有害场所未保持规定距离，布局不符合要求。"],
            ["法律依据", "《中华人民共和国食品安全法》第三十三条第一款第一项"],
            ["救济途径", REMEDY],
        ],
    },
    "delivery_receipt": HEAD
    | {
        "recipient": "李建国",
        "method": "直接送达（窗口领取）",
        "server": "周敏",
        "place": "昭化区政务服务中心",
        "facts": [
            ["办件编号", NUMBER],
            ["送达文书（证照）", "食品经营许可证"],
            ["受送达人", "昭化区老街面包坊有限公司"],
            ["领取人", "李建国（法定代表人）"],
            ["送达方式", "直接送达（窗口领取）"],
            ["送达地点", "昭化区政务服务中心"],
            ["送达人", "周敏"],
            ["备注", "无"],
        ],
        "seal_note": "本回证由领取人签名后归档",
        "signatures": ["领取人签名", "送达人签名"],
    },
}

"""What making, collecting, verifying and rating refuse, in the reader's words."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "certificate.unknown": Sentence(
            404,
            "没查到这张证。看看编号有没有抄错；证上有二维码的，直接扫更准。",
            "We have no certificate with this number. Check for a copying mistake, or scan the code on it.",
        ),
        "certificate.not_ready": Sentence(
            404, "证还没做好，做好了马上告诉您。", "The certificate is not ready yet. We tell you as soon as it is."
        ),
        "certificate.collect_first": Sentence(
            409, "先点“领证”，再打开文件。", "Collect the certificate first, then open the file."
        ),
        "certificate.not_a_pdf": Sentence(
            415, "这里只核 PDF 文件，最大 10 MB。", "Only PDF files up to 10 MB can be checked here."
        ),
        "hand_over.wrong_digits": Sentence(
            422,
            "后四位对不上，请看原件再输；不对就不能发。",
            "The last four don't match. Look at the document itself; otherwise nothing is handed out.",
        ),
        "hand_over.name_needed": Sentence(
            422, "代领的，写上代领人姓名。", "Enter the name of the person who collects."
        ),
    }
)

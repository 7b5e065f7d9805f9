"""Why an upload can't be kept, in words that say what to do next."""

from __future__ import annotations

from backend.problems import Sentence, register

register(
    {
        "upload.empty": Sentence(
            422,
            "这个文件是空的。重新选一次，或者拍张照片",
            "This file is empty. Choose it again or take a photo",
        ),
        "upload.too_large": Sentence(
            413,
            "文件超过 {megabytes} MB。拍照上传，或者分成几个文件",
            "Over {megabytes} MB. Take photos, or split it into several files",
        ),
        "upload.type": Sentence(
            415,
            "这种文件（{found}）收不了。请传照片（JPG、PNG、HEIC、WebP）或 PDF",
            "This kind of file ({found}) can't be taken. Send a photo (JPG, PNG, HEIC, WebP) or a PDF",
        ),
        "upload.archive": Sentence(
            415,
            "压缩包（{found}）收不了。解压以后，把里面的照片或 PDF 一个个传上来",
            "Archives ({found}) can't be taken. Unpack it and send the photos or PDFs one by one",
        ),
        "upload.office": Sentence(
            415,
            "{found} 文件收不了。打开它，另存为 PDF 再传",
            "{found} files can't be taken. Open it, save it as PDF and send that",
        ),
        "upload.program": Sentence(
            415,
            "这是一个程序（{found}），不是材料。请传照片或 PDF",
            "This is a program ({found}), not a document. Send a photo or a PDF",
        ),
        "upload.damaged": Sentence(
            422,
            "这个文件打不开，可能没传完整。在手机上打开看看，再传一次，或者重新拍一张",
            "This file can't be opened; it may be incomplete. Open it on your phone, then send it again or take a new photo",
        ),
        "upload.too_many_pixels": Sentence(
            422,
            "图片太大：{megapixels} 百万像素，最多 {limit}。把相机调到普通尺寸再拍一张",
            "The picture has {megapixels} megapixels, at most {limit} fit. Set the camera to normal size and take it again",
        ),
        "upload.encrypted": Sentence(
            422,
            "这份文件有密码，我们打不开。去掉密码再传，或者用“打印”另存成 PDF",
            "This file has a password, so we can't open it. Remove the password, or print it to a new PDF",
        ),
        "upload.active_content": Sentence(
            422,
            "这份文件里带着会自己运行的内容或附件（{what}）。用“打印”另存成 PDF 再传",
            "This file carries something that runs by itself or an attachment ({what}). Print it to a new PDF and send that",
        ),
        "upload.too_many_pages": Sentence(
            422,
            "一共 {pages} 页，一份最多 {limit} 页。分成几份传",
            "It has {pages} pages, at most {limit} fit in one file. Split it into several",
        ),
        "upload.bomb": Sentence(
            422,
            "这份文件展开后大得不正常，没有收。用“打印”另存成 PDF 再传",
            "Unpacked, this file is abnormally large, so it was not kept. Print it to a new PDF and send that",
        ),
        "upload.disguised": Sentence(
            422,
            "这份 {found} 里还藏着另一个文件，没有收。用“打印”另存成 PDF 再传",
            "Another file is hidden in this {found}, so it was not kept. Print it to a new PDF and send that",
        ),
        "upload.too_complex": Sentence(
            422,
            "这个文件太复杂，没能看完。拍成照片，或者用“打印”另存成 PDF 再传",
            "This file is too complex to look through. Take photos of it, or print it to a new PDF",
        ),
    }
)

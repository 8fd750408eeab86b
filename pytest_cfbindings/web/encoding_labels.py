"""The labels of encodings, and Python's codecs for them (WHATWG Encoding)."""

# Labels of the standard for which Python has another name, or another encoding.
_ENCODINGS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    "utf-16le": "utf-16le utf-16 ucs-2 unicode csunicode iso-10646-ucs-2 unicodefeff",
    "utf-16be": "utf-16be unicodefffe",
    "windows-1252": (
        "windows-1252 ansi_x3.4-1968 ascii us-ascii cp1252 cp819 csisolatin1 ibm819"
        " iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1"
        " latin1 x-cp1252"
    ),
    "windows-1254": "windows-1254 cp1254 iso-8859-9 latin5 l5 iso8859-9 x-cp1254",
    "windows-874": "windows-874 dos-874 iso-8859-11 tis-620",
    "gbk": "gbk gb2312 chinese x-gbk csgb2312 gb_2312 gb_2312-80",
    "gb18030": "gb18030",
    "big5": "big5 big5-hkscs cn-big5 x-x-big5 csbig5",
    "euc-jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
    "iso-2022-jp": "iso-2022-jp csiso2022jp",
    "shift_jis": (
        "shift_jis shift-jis sjis ms_kanji x-sjis windows-31j ms932 csshiftjis"
    ),
    "euc-kr": "euc-kr cseuckr korean ks_c_5601-1987 ksc5601 windows-949",
    "ibm866": "ibm866 866 cp866 csibm866",
    "macintosh": "macintosh mac x-mac-roman csmacintosh",
    "koi8-r": "koi8-r koi koi8 koi8_r cskoi8r",
    "koi8-u": "koi8-u koi8-ru",
    **{f"windows-{n}": f"windows-{n} cp{n} x-cp{n}" for n in (1250, 1251, 1253)},
    **{f"windows-{n}": f"windows-{n} cp{n} x-cp{n}" for n in range(1255, 1259)},
    **{
        f"iso-8859-{n}": f"iso-8859-{n} iso8859-{n} iso_8859-{n}"
        for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)
    },
}
_CODECS = {
    "windows-874": "cp874",
    "macintosh": "mac_roman",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
}
_BY_LABEL = {label: name for name, all_ in _ENCODINGS.items() for label in all_.split()}


def encoding_of(label: str) -> str | None:
    """The name of the encoding that a label stands for; None for no known label."""
    return _BY_LABEL.get(label.strip("\t\n\f\r ").lower())


def codec_of(encoding: str) -> str:
    """The name of Python's codec for an encoding."""
    return _CODECS.get(encoding, encoding)

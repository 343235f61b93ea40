"""Binary Word files, made by LibreOffice itself from a docx."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from gongjian.documents.old_word.office import office


def old_word(docx: bytes, form: str = "doc:MS Word 97") -> bytes:
    """The .doc (or another form) of a docx; LibreOffice must be there."""
    with TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "in.docx").write_bytes(docx)
        subprocess.run(
            [office() or "", "--headless", f"-env:UserInstallation={(room / 'me').as_uri()}",
             "--convert-to", form, "--outdir", str(room / "out"), str(room / "in.docx")],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        return next((room / "out").iterdir()).read_bytes()

"""The views of imports: the history, the steps of one, and its files."""

from gongjian.interfaces.web.imports.views.acts import (
    import_resume,
    import_start,
    import_stop,
    import_undo,
)
from gongjian.interfaces.web.imports.views.bringing import imports
from gongjian.interfaces.web.imports.views.files import import_left_file, import_source
from gongjian.interfaces.web.imports.views.reading import import_run
from gongjian.interfaces.web.imports.views.trail import import_rows_list

__all__ = [
    "import_left_file",
    "import_resume",
    "import_rows_list",
    "import_run",
    "import_source",
    "import_start",
    "import_stop",
    "import_undo",
    "imports",
]

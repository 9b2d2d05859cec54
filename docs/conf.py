"""How the documentation is built: Chinese first, the reference from the library itself."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import write_reference
from pictures import write_pictures

import perfeval

project = "perfeval"
author = "The perfeval authors"
copyright = "The perfeval authors"
release = version = perfeval.__version__
language = "zh_CN"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "reference/_generated", "pictures"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nitpicky = False

html_theme = "furo"
html_title = "perfeval 预算绩效自评"
html_static_path = ["static"]
html_css_files = ["pictures.css"]
html_copy_source = False
html_show_sourcelink = False
pygments_style = "default"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
autodoc_default_options = {"members": True, "undoc-members": False}


def fields_of(app, what, name, obj, options, lines):
    """Below a record's docstring: its fields with the official terms that files may use as keys."""
    rows = []
    for field in getattr(obj, "__attrs_attrs__", ()) if what == "class" else ():
        terms = (field.metadata.get("perfeval_term"), *field.metadata.get("perfeval_other_terms", ()))
        if terms[0]:
            rows.append((field.name, "、".join(terms), field.metadata.get("perfeval_unit") or "—"))
    if rows:
        lines += ["", ".. list-table::", "   :header-rows: 1", ""]
        for row in [("field", "中文键", "单位"), *rows]:
            lines += [f"   {'* -' if cell is row[0] else '  -'} {cell}" for cell in row]
        lines.append("")


def setup(app):
    """Write the generated pages and the pictures of the papers before anything is read."""
    app.connect("autodoc-process-docstring", fields_of)
    app.connect("builder-inited", lambda app: write_reference(Path(app.srcdir) / "reference" / "_generated"))
    app.connect("builder-inited", lambda app: write_pictures(Path(app.srcdir) / "pictures"))

"""How the documentation is built: Chinese first, the reference from the library itself."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import write_reference

import perfeval

project = "perfeval"
author = "The perfeval authors"
copyright = "The perfeval authors"
release = version = perfeval.__version__
language = "zh_CN"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "reference/_generated"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nitpicky = False

html_theme = "furo"
html_title = "perfeval 预算绩效自评"
html_copy_source = False
html_show_sourcelink = False
pygments_style = "friendly"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
autodoc_class_signature = "mixed"
autodoc_default_options = {"members": True, "undoc-members": False}


def setup(app):
    """Write the generated pages before anything is read."""
    app.connect("builder-inited", lambda app: write_reference(Path(app.srcdir) / "reference" / "_generated"))

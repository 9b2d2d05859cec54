"""Every layout: the makers enter themselves into one list when their modules are loaded."""

from __future__ import annotations

from published import goals as goals, offices as offices, projects as projects, several as several
from published.registry import LAYOUTS as LAYOUTS, Layout as Layout

#!/bin/sh
# 安装本包并运行它的测试；任何持续集成都可以运行这一个脚本。
set -eu
cd "$(dirname "$0")"
PYTHON=${PYTHON:-python3}
export PYTHONUTF8=1
"$PYTHON" -m pip install --quiet ".[test]"
"$PYTHON" -m pytest -q
"$PYTHON" -m perfeval categories

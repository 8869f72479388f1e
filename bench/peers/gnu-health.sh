#!/bin/sh
# Makes the Python environment of GNU Health that `bench measure --gnu-health DIR` drives: gnu-health.sh DIR
#
# Needs Python 3.11 with venv (PYTHON names another), a C compiler, pg_config and the headers of libpq: psycopg2 and
# uWSGI are compiled. Run again, it only completes what is missing. About 500 MB.
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 DIR" >&2
    exit 2
fi

pins=$(dirname "$0")/gnu-health.txt
[ -x "$1/bin/python" ] || "${PYTHON:-python3}" -m venv "$1"
"$1/bin/pip" install --quiet --disable-pip-version-check --requirement "$pins"
"$1/bin/python" -c 'import psycopg2, trytond, trytond.modules.health_inpatient'
"$1/bin/uwsgi" --version

